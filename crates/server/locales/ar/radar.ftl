### Radar: hosts, worksheets, hypotheses; shifts; cells.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: no
radar-question = إلى أين ينتقلون؟

# reviewed: no
radar-about = مضيفون تشير إليهم روابط المحتوى المقيَّم. لا يُسأل أي مضيف من هنا.

# reviewed: no
radar-until = أحدث رابط بتاريخ { $day }. في الأيام الـ{ $days } حتى ذلك التاريخ نشر { $now } من الحسابات روابط، وفي الأسابيع التي قبلها { $before }.

# reviewed: no
radar-cut = هناك روابط أكثر مما يُقرأ؛ والمعتبَر هو أحدث المحتوى.

# reviewed: no
radar-empty = لا يشير أي محتوى مقيَّم إلى مضيف آخر.

# reviewed: no
radar-empty-next = يظهر المضيفون هنا عندما يقيّم شخصٌ محتوى ويوافق عليه آخر ويكون فيه رابط إلى موقع آخر.

# reviewed: no
radar-hosts = المضيفون، الجدد والمتنامون أولًا؛ المعامل مع مجاله بنسبة 99 %.

# reviewed: no
radar-col-host = المضيف

# reviewed: no
radar-col-trend = حصته من الحسابات التي تنشر روابط

# reviewed: no
radar-col-accounts = الحسابات

# reviewed: no
radar-col-from = أتوا من

# reviewed: no
radar-col-identification = يتطلب إثبات الهوية

# reviewed: no
radar-first = أول رابط { $day }

# reviewed: no
radar-links = الروابط: { $n }

# reviewed: no
radar-before = من قبل: { $n }

# reviewed: no
radar-left = مضيفون غير معروضين: { $n }.

# reviewed: no
radar-new = جديد

# reviewed: no
radar-growing = متنامٍ

# reviewed: no
radar-steady = ثابت

# reviewed: no
radar-falling = متراجع

# reviewed: no
radar-id-yes = نعم

# reviewed: no
radar-id-no = لا

# reviewed: no
radar-id-unknown = غير معروف

# reviewed: no
radar-sheet = ورقة عمل المشغّل

# reviewed: no
radar-sheet-note = كل معلومة مع مصدرها

# reviewed: no
radar-open-sheet = افتح ورقة عمله

# reviewed: no
radar-nothing = لم يدوّن أحد معلومة عنه.

# reviewed: no
radar-earlier = ملاحظات سابقة

# reviewed: no
radar-source = المصدر:

# reviewed: no
radar-by = { $name }، { $at }

# reviewed: no
radar-note-identification = دوّن هل يتطلب إثبات الهوية

# reviewed: no
radar-note-fact = دوّن معلومة

# reviewed: no
radar-kind = بشأن

# reviewed: no
radar-fact = المعلومة

# reviewed: no
radar-source-field = من أين عُرفت

# reviewed: no
radar-save = دوّن

# reviewed: no
radar-rdap = سلّم إجابة RDAP

# reviewed: no
radar-rdap-answer = إجابة سجلّ (JSON، RFC 9083)

# reviewed: no
radar-rdap-note = يُقرأ منها المسجِّل وتاريخ التسجيل وخوادم الأسماء والشبكة وجهة التبليغ؛ أما صاحب التسجيل فلا يُقرأ.

# reviewed: no
radar-kind-identification = يتطلب إثبات الهوية

# reviewed: no
radar-kind-operator = المشغّل

# reviewed: no
radar-kind-seat = مقر المشغّل

# reviewed: no
radar-kind-registrar = المسجِّل

# reviewed: no
radar-kind-registered = مسجّل منذ

# reviewed: no
radar-kind-name-servers = خوادم الأسماء

# reviewed: no
radar-kind-network = شبكة الاستضافة

# reviewed: no
radar-kind-contact = يتلقى البلاغات على

# reviewed: no
radar-kind-purpose = الغرض منه

# reviewed: no
radar-kind-hypothesis = فرضية

# reviewed: no
radar-log = الفرضيات

# reviewed: no
radar-log-note = لا يُغيَّر شيء، بل يُضاف فقط

# reviewed: no
radar-no-hypotheses = لم يفترض أحد شيئًا بشأنه.

# reviewed: no
radar-note-hypothesis = أضف فرضية أو حالتها

# reviewed: no
radar-standing = حالتها

# reviewed: no
radar-open = مفتوحة

# reviewed: no
radar-supported = مدعومة

# reviewed: no
radar-refuted = مدحوضة

# reviewed: no
radar-method-title = كيف يُحسب هذا

# reviewed: no
radar-method = تُعدّ الحسابات لا الروابط: فلا يرفع حسابٌ واحد مضيفًا. تُقارن حصة آخر { $days } يومًا بحصة الأيام الـ{ $before } التي قبلها؛ وعندما يقلّ نشر الجميع لا يتراجع أي مضيف. ومن كل 100 مضيف ثابت يبدو واحد تقريبًا متناميًا أو متراجعًا بالمصادفة.

# reviewed: no
radar-no-scan = المضيف الجديد خيط ينظر فيه أشخاص، وليس سببًا بحدّ ذاته. ولا يُفحص شيء آليًا.

# reviewed: no
shifts-title = التحوّلات

# reviewed: no
shifts-note = حسب الخدمة واللغة

# reviewed: no
shifts-counting = إنها قيد الحساب.

# reviewed: no
shifts-learning = لا يُقال شيء قبل { $days } يومًا من الأعداد: يُتعلَّم أولًا إيقاع اليوم والأسبوع.

# reviewed: no
shifts-none = لا شيء خلال { $days } يومًا في { $n } من السلاسل، لكلٍّ خدمة ولغة.

# reviewed: no
shifts-caption = شوهدت خلال آخر { $days } يومًا في { $n } من السلاسل، لكلٍّ خدمة ولغة.

# reviewed: no
shifts-col-where = أين

# reviewed: no
shifts-col-what = ماذا

# reviewed: no
shifts-col-chance = احتمال أن يكون كذلك

# reviewed: no
shifts-blackout = صمت

# reviewed: no
shifts-burst = اندفاع

# reviewed: no
shifts-migration = يرحل

# reviewed: no
shifts-mix = تغيّر المزيج

# reviewed: no
shifts-began = منذ نحو { $at }

# reviewed: no
shifts-seen = شوهد في { $at }

# reviewed: no
shifts-method-title = كيف يُحسب هذا

# reviewed: no
shifts-method = تُقارن كل سلسلة بإيقاعها اليومي والأسبوعي وبسائر سلاسل خدمتها: فما تفعله خدمة بها كلها هو الخدمة نفسها لا تحوّل. تُستعمل الأعداد وحدها، ولا شيء بعد الساعة المذكورة. وهي تقول ما جرى للأعداد لا سببه. ويتغيّر المزيج حين تعوّض لغات الخدمة الأخرى هبوطًا أو ارتفاعًا؛ ويُقال ذلك بعد أيام من الهبوط نفسه.

# reviewed: no
shifts-left-out = ساعات خدمات كانت متوقفة أو لم تُقرأ، وهي مستبعدة: { $n }. سلاسل أصغر مما يكفي: { $small }.

# reviewed: no
cell-title = يعمل معًا

# reviewed: no
cell-note = حسابه، في المحتوى المقيَّم

# reviewed: no
cell-counting = الخلايا قيد الحساب.

# reviewed: no
cell-none = الحساب ليس في أي خلية: فهو لا يشارك الأشياء مع غيره أكثر مما تفسّره المصادفة.

# reviewed: no
cell-in = الحساب في خلية من { $n }: شاركوا خلال ثلاث دقائق بعضهم من بعض { $things } من الأشياء، { $acts } من المرات إجمالًا.

# reviewed: no
cell-chance = احتمال أن يكون إلى جانبهم بهذه الكثرة، نظرًا إلى نشاط كلٍّ منهم ورواج كل شيء: { $p }.

# reviewed: no
cell-lead = خيط يُنظر فيه وليس سببًا أبدًا: فالحلقات الصغيرة الساهرة في الساعات نفسها تتشابه.

# reviewed: no
cell-left = غير معروض: { $n }.

# reviewed: no
cell-acts = ما فعلوه معًا

# reviewed: no
cell-col-when = متى

# reviewed: no
cell-col-who = الحساب

# reviewed: no
cell-col-what = ماذا

# reviewed: no
cell-content = محتوى { $n }

# reviewed: no
cell-link = رابط { $n }

# reviewed: no
shifts-all = على الرادار مع الوقت والاحتمال: { $n }
