# reviewed: no
said-saved = تم الحفظ.

# reviewed: no
said-to-approve = تم الحفظ. ينتظر شخصًا آخر في صفحة الموافقة.

# reviewed: no
said-to-reader = تم الحفظ. ينتظر قارئًا ثانيًا في صفحة الموافقة.

# reviewed: no
said-declined = تم الحفظ. لا يُحال.

# reviewed: no
said-deferred = أُجّل. يعود عندما يُنجز غيره أو ينضم إليه جديد.

# reviewed: no
said-passed = تُرك لغيرك. يبقى في القائمة للآخرين.

# reviewed: no
said-agreed = تم التأكيد. ما يجتاز الفحوص يُرسل، وما يحتاج إلى شخص ثالث ينتظر في صفحة المُرسَل.

# reviewed: no
said-proved = قُبل الرمز. ما كنت على وشك فعله لم يُفعل بعد: افعله الآن.

# reviewed: no
said-checking = يجري فحصها من جديد. حمّل الصفحة بعد لحظة.

# reviewed: no
said-returned = أُعيد إلى كاتبه.

# reviewed: no
said-withdrawn = تم السحب. يُبلَّغ المزوّد.

# reviewed: no
said-handed-in = سُلّم الملف. ما قُرئ منه مذكور أدناه.

# reviewed: no
said-discarded = استُبعد الملف. لم يدخل منه شيء.

# reviewed: no
said-mapping-forgotten = حُذف الربط المحفوظ. سيُسأل عنه من جديد مع الملف التالي من هذا النوع.

# reviewed: no
said-contact-in-force = العنوان سارٍ. ما كان ينتظره يُفحص من جديد.

# reviewed: no
said-contact-waits = العنوان الجديد ينتظر شخصا ثانيا في صفحة الجهة. وحتى ذلك الحين يبقى العنوان القديم ساريا.

# reviewed: no
said-quiet-on = بدأ الوضع الهادئ. تُجمع الرسائل إلى هذا المزوّد وتُرسل مرة في الأسبوع.

# reviewed: no
said-quiet-off = انتهى الوضع الهادئ. تُرسل الرسائل إلى هذا المزوّد فورًا من جديد.

# reviewed: no
said-reminded = بدأ إرسال تذكيرات اليوم.

# reviewed: no
said-informed = جوابك في طريقه إلى المزوّد.

# reviewed: no
said-imported = استُوردت القائمة. يظهر بنكها أدناه.

# reviewed: no
said-signal-withdrawn = سُحبت الإشارة. لن يُطابق بها شيء جديد.

# reviewed: no
said-opinion-for = أُيِّدت الإشارة وهي تطابق من جديد.

# reviewed: no
said-opinion-against = اعتُرض على الإشارة. لا تطابق شيئًا جديدًا حتى يؤيدها أحد أو يسحبها.

# reviewed: no
said-held = سُجّل التعليق. يراه الآخرون قبل الإحالة.

# reviewed: no
said-answered = جوابكم في طريقه إلى المرسل.

# reviewed: no
said-answered-all = جوابكم في طريقه عن كل رسالة محددة.

# reviewed: no
said-asked-again = طُلب من المرسل أن ينظر فيها من جديد.

# reviewed: no
said-contested = سُجّل الاعتراض على الإحالة، ويقرر فيه شخص لدى المرسِل.

# reviewed: no
said-confirmed = تم التأكيد. أصبح المقترح ساريًا.

# reviewed: no
said-dropped = رُفض المقترح. لا يتغير شيء.

# reviewed: no
said-roles = حُفظت الأدوار. ما يحتاج إلى شخص ثانٍ ينتظره.

# reviewed: no
said-closed = أُغلق الحساب.

# reviewed: no
said-protected = المضيف الآن في قائمة المواقع المحمية.

# reviewed: no
said-unprotected = لم يعد المضيف في قائمة المواقع المحمية.

# reviewed: no
said-plan-sealed = خُتمت: يحفظ السجل الخطة وما تتنبّأ به.

# reviewed: no
said-noted = دُوّن مع مصدره.

# reviewed: no
refusal-said = لم يُنفَّذ ذلك.

# reviewed: no
reason-shift = قائمة نوبتي

# reviewed: no
reason-operation = عملية مشتركة

# reviewed: no
reason-second = رأي ثانٍ في عمل زميل

# reviewed: no
reason-quality = فحص الجودة أو فحص شكوى

# reviewed: no
enrol-unequal = كلمتا المرور غير متطابقتين.

# reviewed: no
mail-title = رسالة لك

# reviewed: no
mail-how = فتحها يُعلم المرسل بأنك استلمتها، ولا يترتب على ذلك شيء آخر.

# reviewed: no
mail-go = افتح الرسالة

# reviewed: no
mail-received = لقد استلمت هذه الرسالة

# reviewed: no
mail-answer = يمكنك الرد هنا، على كل المواد أو بعضها.

# reviewed: no
intake-find-out = استنتج من اسم الملف

# reviewed: no
figure-sent = الإحالات المرسلة

# reviewed: no
figure-sent-means = رسائل إلى مزوّد، كل منها بمادة أو أكثر.

# reviewed: no
figure-answered = الإحالات المجاب عنها

# reviewed: no
figure-answered-means = لكل مادة في الرسالة جواب نهائي.

# reviewed: no
figure-withdrawn = الإحالات المسحوبة

# reviewed: no
figure-withdrawn-means = سحبها المرسل بعد إعدادها.

# reviewed: no
figure-contested = الاعتراضات الواردة

# reviewed: no
figure-contested-means = أُرسلت بمرجع إحالة، عبر هذه الصفحة أو من مزوّد.

# reviewed: no
subject-was-seen = شوهد من مصدر

# reviewed: no
subject-unsealed = لم يُختم بعد: يسبق الختم الإرسال

# reviewed: no
mail-answered = سُجّل جوابك للمرسل.

# reviewed: no
figure-repaired = إحالات سُحبت وأُعيدت

# reviewed: no
figure-repaired-means = قال المزوّد إن ما سُحب قد عاد.

# reviewed: no
figure-repair = مدة الإصلاح بالساعات

# reviewed: no
figure-repair-means = من أول إرسال للرسالة الخاطئة إلى آخر إعادة: الوسيط. وتُحسب كل ساعة بدأت.

# reviewed: no
queue-unconfirmed = سحوبات بلا إيصال

# reviewed: no
queue-telephone = اتصل هاتفيا الآن

# reviewed: no
sender-unlisted = غير موجود في سجل السلطات

# reviewed: no
sender-unlisted-why = السجل هو القائمة المنشورة للسلطات المختصة بموجب اللائحة. التوقيع صحيح، لكن هذا المرسل غير مدرج فيها: قبل أن تتصرفوا، اسألوا السلطة بوسيلة اتصال تعرفونها من مصدر آخر هل الرسالة منها.

# reviewed: no
provider-reminders = تذكيرات تنتظرك

# reviewed: no
provider-reminders-start = أرسل تذكيرات اليوم

# reviewed: no
refusal-written = ما كتبتَه، لتنسخه

# reviewed: no
reason-moderation = الإشراف: الجواب عمّا أُرسل إلينا

# reviewed: no
reason-complaint = شكوى مستخدم

# reviewed: no
reason-duty = واجب قانوني، مثل بيان الأسباب

# reviewed: no
reason-audit = تدقيق، تقرير الشفافية

# reviewed: no
said-lifted = رُفع التعليق.

# reviewed: no
figure-up-to = حتى { $n }

# reviewed: no
said-plan-queued = وُضعت في قائمة الانتظار. ما قلّت تقييماته الموافق عليها ينتظر خارجها؛ والخطة تقول كم.

# reviewed: no
said-analysis-opened = التحليل الحسّاس مفتوح.

# reviewed: no
said-analysis-closed = التحليل الحسّاس مغلق.

# reviewed: no
said-marked = وُسم. تُمحى العلامة بعد 90 يومًا، ويمكنك سحبها قبل ذلك.

# reviewed: no
said-unmarked = سُحبت العلامة.
