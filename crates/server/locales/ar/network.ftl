### Network: ranks, plans, neighbourhoods.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: no
net-question = من ينشره، وماذا سيتغيّر؟

# reviewed: no
net-about = { $accounts } من الحسابات و{ $links } من الروابط، في شبكة { $items } من المواد التي قيّمها أشخاص محتوى إرهابيًا.

# reviewed: no
net-span = نُشرت من { $from } إلى { $to }.

# reviewed: no
net-ends = تنتهي المراتب في { $day }.

# reviewed: no
net-not-persons = إنها ترتّب حسابات لا أشخاصًا، وليست سببًا بحدّ ذاتها أبدًا.

# reviewed: no
net-made = حُسبت { $at }؛ وتُحسب من جديد عندما يأتي المزيد.

# reviewed: no
net-choose = ممّ تتكوّن الشبكة

# reviewed: no
net-choose-posts = المنشورات

# reviewed: no
net-days-all = من كل الأوقات

# reviewed: no
net-days = من آخر { $days } يومًا

# reviewed: no
net-choose-links = ما يصنع رابطًا

# reviewed: no
net-layer-copies = النسخ

# reviewed: no
net-layer-forwards = إعادة التوجيه

# reviewed: no
net-layer-mentions = ذكر الحسابات

# reviewed: no
net-layer-channels = القنوات

# reviewed: no
net-choose-show = اعرض

# reviewed: no
net-only-days = لا تُحتسب إلا منشورات الأيام الـ{ $days } التي سبقت الحساب.

# reviewed: no
net-only-links = لا تُحتسب إلا هذه الروابط: { $links }.

# reviewed: no
net-made-of = المنشورات { $days }؛ الروابط: { $links }.

# reviewed: no
net-everything = اعرض الكل

# reviewed: no
net-empty-choice = لم ينتشر شيء فيما اخترته.

# reviewed: no
net-empty-choice-next = اختر مدة أطول أو روابط أكثر.

# reviewed: no
net-few = الحسابات فيما اخترته أقل مما ينبغي.

# reviewed: no
net-few-next = في حيّز بهذا الحجم تُعرض المراتب والخطط ابتداءً من 50 حسابًا. اختر مدة أطول أو روابط أكثر.

# reviewed: no
net-again = انظر من جديد

# reviewed: no
net-computing = الشبكة قيد الحساب.

# reviewed: no
net-computing-next = يستغرق ذلك ثواني لشبكة صغيرة ونحو دقيقة لشبكة كبيرة. ولا يُرسل شيء في هذه الأثناء.

# reviewed: no
net-empty = لا توجد شبكة بعد.

# reviewed: no
net-empty-next = تتكوّن من محتوى قيّمه شخص ووافق عليه آخر، متى أخذه حساب عن حساب.

# reviewed: no
net-failed = لم تُحسب الشبكة.

# reviewed: no
net-failed-next = تُعاد المحاولة بعد دقائق؛ ويذكر سجل الخادم السبب. ولم يُمسّ شيء آخر.

# reviewed: no
net-ranks = أول 50 حسابًا بحسب ما لا يُبلغ إلا عبرها. ويضمّ المجال 90 % من السحوبات.

# reviewed: no
net-col-rank = المرتبة والمجال

# reviewed: no
net-col-why = الحساب، ولماذا هذا

# reviewed: no
net-col-plan = في الخطة

# reviewed: no
net-overlap = تتداخل المجالات من المرتبة { $rank }: اقرأها مجموعة واحدة.

# reviewed: no
net-kept = محفوظ لتحقيق

# reviewed: no
net-is-kept = محفوظ

# reviewed: no
net-yes = نعم

# reviewed: no
net-no = لا

# reviewed: no
net-why-through = حسابات لا تُبلغ إلا عبره: { $n }، أي { $share } من كل ما يُبلغ.

# reviewed: no
net-why-direct = يبلغ { $direct } مباشرة؛ المنشورات: { $posts }.

# reviewed: no
net-why-first = ضمن أول 50 في { $n } من 100 سحب.

# reviewed: no
net-price-none = لم تُحسب كلفة إبقائه: المحفوظ كثير.

# reviewed: no
net-price = إبقاؤه يكلّف خطة من 50 بلوغ { $n } حسابات أخرى ({ $range }).

# reviewed: no
net-rank-said = المرتبة { $rank }، بين { $low } و{ $high }

# reviewed: no
net-plan = ماذا ستغيّر خطة؟

# reviewed: no
net-unit = حسابات تُبلغ، متوسط مسارات محاكاة

# reviewed: no
net-slide = حسابات تُحال، الأفضل أولًا:

# reviewed: no
net-ended = من البلوغ ينتهي

# reviewed: no
net-show = أظهر هذه الخطة

# reviewed: no
net-curve-said = حسابات ما زالت تُبلغ بحسب عدد الحسابات المحالة: مع { $k } حسابات { $n }، وفي تسعة من عشرة مسارات بين { $low } و{ $high }؛ والجدول أدناه فيه القيم

# reviewed: no
net-line-plan = هذه الخطة

# reviewed: no
net-line-followed = الأكثر متابعة

# reviewed: no
net-before = ما يُبلغ دون فعل شيء

# reviewed: no
net-after = ما يُبلغ بعد هذه الخطة

# reviewed: no
net-one-course = في تسعة من عشرة مسارات

# reviewed: no
net-beats = ما يُجنَّب فوق العدد نفسه من الأكثر متابعة

# reviewed: no
net-beats-yes = هذه الخطة أفضل من إحالة العدد نفسه من أكثر الحسابات متابعة: المجال فوق الصفر.

# reviewed: no
net-beats-no = لم يثبت أن هذه الخطة أفضل من إحالة العدد نفسه من أكثر الحسابات متابعة: المجال يضمّ الصفر.

# reviewed: no
net-table = المنحنى كجدول

# reviewed: no
net-col-accounts = الحسابات

# reviewed: no
net-col-ended = ما ينتهي من البلوغ

# reviewed: no
net-col-before = ما يُبلغ قبلها

# reviewed: no
net-col-after = ما زال يُبلغ

# reviewed: no
net-col-course = مسارات منفردة

# reviewed: no
net-col-followed = الأكثر متابعة بدلًا منها

# reviewed: no
net-list = حسابات هذه الخطة

# reviewed: no
net-list-none = لا يُبلغ أي حساب غير التي يبدأ عندها المحتوى.

# reviewed: no
net-sends-nothing = الخطة لا ترسل شيئًا. كل مادة يقيّمها شخص ويوافق عليها آخر، كالعادة.

# reviewed: no
net-seal-title = اختم هذه الخطة

# reviewed: no
net-seal = اختم هذه الخطة

# reviewed: no
net-seal-what = يحفظ السجل الخطة وتنبّؤها كما هما الآن، كي لا يختارهما أحد لاحقًا. ولا يسمّي الحسابات إلا بمعرّفاتها، ولا يرسل شيئًا.

# reviewed: no
net-sealed = خطط مختومة

# reviewed: no
net-sealed-none = لا شيء حتى الآن.

# reviewed: no
net-sealed-at = خُتمت

# reviewed: no
net-sealed-what = الحسابات التي تُبلغ كما تُنبّئ بها في ذلك اليوم، مع مجال 90 % للمتوسط.

# reviewed: no
net-around = حول

# reviewed: no
net-around-shown = خطوة واحدة، يظهر { $shown } من { $all }

# reviewed: no
net-around-said = جوار حساب: { $shown } من { $all } من الجيران و{ $links } من الروابط؛ والجدول أدناه يسردها

# reviewed: no
net-around-marks = دائرة: حساب. مربع: قناة. ممتلئ: في هذه الخطة. حلقة: بدأ المحتوى هناك. والأرقام أرقام الجدول.

# reviewed: no
net-around-table = كجدول

# reviewed: no
net-col-number = رقم

# reviewed: no
net-col-account = الحساب

# reviewed: no
net-col-way = اتجاه المحتوى

# reviewed: no
net-way-from = منه

# reviewed: no
net-way-to = إليه

# reviewed: no
net-way-both = في الاتجاهين

# reviewed: no
net-began = بدأ المحتوى هناك

# reviewed: no
net-erased = حساب ممحوّ

# reviewed: no
net-method-title = المنهج والافتراضات

# reviewed: no
net-method = من { $sources } من الحسابات التي بدأ عندها المحتوى تُحاكى { $worlds } من المسارات: ينقل الرابط المحتوى باحتمال واحد من عدد الروابط المؤدية إلى الحساب نفسه. تُرتّب الحسابات بها؛ وتُختار الخطة على مسارات أخرى ويُحكم عليها بعدد مماثل غيرها.

# reviewed: no
net-assumes = يُفترض أن الحسابات المحالة تختفي ولا تعود ولا يحلّ أحد محلها. والحسابات التي يبدأ عندها المحتوى ليست في أي خطة: فهي تعود بأسماء جديدة. والروابط هي إعادة التوجيه وذكر الحسابات والنشر في القنوات والنسخ اللاحقة للمحتوى نفسه خلال سبعة أيام؛ وما لم يره أي مصدر ليس فيها.

# reviewed: no
net-intervals = المجالات 90 %: بجانب الرقم مجال المتوسط، وفي الشريط مجال مسار واحد. وهي تشمل صدفة المحاكاة، لا ما يتركه النموذج.

# reviewed: no
net-cut = المحتوى المقيَّم أكثر مما يُحسب هنا؛ والأحدث محسوب.

# reviewed: no
net-queue = ضع في قائمة الانتظار

# reviewed: no
net-queue-what = يقيّم شخص كل حساب ويوافق عليه آخر، استنادًا إلى محتوى ووُفق عليه من قبل. ولا ترافق المرتبة أيًا منها.

# reviewed: no
net-queued = في القائمة أو تقرّر أمرها: { $there }. تقييمات محتواها الموافق عليها قليلة: { $few }. ممحوة: { $erased }.

# reviewed: no
net-plan-ended = انتهت مراتبها؛ اختم خطة اليوم لوضعها في القائمة.

# reviewed: no
effect-title = قبل وبعد

# reviewed: no
effect-referred = حسابات أُحيلت: { $referred }؛ ولها جواب نهائي: { $answered }.

# reviewed: no
effect-early = الوقت مبكر للحكم.

# reviewed: no
effect-early-until = يظهر هنا رقم ابتداءً من { $day }: يجب أن تبدأ محتويات بعد الجواب الأخير وتأخذ مجراها.

# reviewed: no
effect-little = ما يمكن مقارنته قليل جدًا.

# reviewed: no
effect-little-what = محتويات بدأت قبل: { $before }، وبعد: { $after }؛ حسابات مشابهة: { $alike }.

# reviewed: no
effect-unanswered = لم يعطِ أي مزوّد جوابًا نهائيًا عن حساب من هذه الخطة.

# reviewed: no
effect-plot-said = الحسابات التي يصل إليها محتوى: { $before } قبل، و{ $after } بعد، والمتوقع { $expected }؛ والجدول أدناه يعطي القيم

# reviewed: no
effect-line-group = المُحالة وجمهورها

# reviewed: no
effect-line-beside = من تناقلوه ممن لم يصلهم إلا عبر حساب مشابه واحد

# reviewed: no
effect-line-expected = المتوقع دون إحالة

# reviewed: no
effect-all = كل الحسابات التي وصل إليها

# reviewed: no
effect-before = قبل

# reviewed: no
effect-after = بعد

# reviewed: no
effect-who = أي حسابات

# reviewed: no
effect-unit = الحسابات التي يصل إليها محتوى واحد، المتوسط

# reviewed: no
effect-spared = ما جُنّب: المتوقع ناقص ما حصل

# reviewed: no
effect-regrown = مما حصل: حسابات جديدة على الخدمات نفسها

# reviewed: no
effect-moved = مما حصل: حسابات جديدة على خدمات أخرى

# reviewed: no
effect-share = حصة الوصول التي انتهت

# reviewed: no
effect-predicted = الحصة التي تُنبّئ بها وخُتمت

# reviewed: no
effect-as-predicted = ما قيس يوافق ما تُنبّئ به.

# reviewed: no
effect-less = انتهى أقل مما تُنبّئ به.

# reviewed: no
effect-more = انتهى أكثر مما تُنبّئ به.

# reviewed: no
effect-unsure = لم يثبت أن شيئًا انتهى: الفترة تشمل الصفر.

# reviewed: no
effect-no-fit = النموذج غير ملائم: جرت المحتويات الأخيرة على غير ما يقول، أو لا يتصرف كل مزوّد. النطاق هو الواسع: تناقل متفاوت، وروابط غير مرئية، ومزوّدون لا يتصرفون، وحسابات تعود.

# reviewed: no
effect-fit-unknown = المحتويات الأخيرة أو الأجوبة أقل من أن تُظهر ملاءمة النموذج؛ يُستعمل النطاق الواسع.

# reviewed: no
effect-method = فرق الفروق مع { $alike } من الحسابات المشابهة في النشاط والمتابعين والجماعة. محتويات بدأت خلال { $window } يومًا قبل الجواب الأول وبعد الأخير ({ $before } و{ $after })، تُتابع كل منها { $horizon } أيام. فترات 90 % بإعادة سحب المحتويات والمشابهة.

# reviewed: no
effect-limits = المتوقع هو ما كان يأتي قبلُ، معدَّلًا بنسبة من تناقلوا محتوى لم يكن ليصلهم إلا عبر حساب مشابه واحد؛ والنموذج يبيّن أثر ذلك في الانتشار. الحسابات الجديدة، العائدة أو المنتقلة، داخلة فيما حصل وتخفض الحصة. ولا يُحسب إلا المحتوى المقيَّم.

# reviewed: no
net-fit = من { $n } من المحتويات الأخيرة جرى { $inside } كما يقول النموذج في تسعة من عشرة مسارات؛ ويلزم { $needed } ليكون ملائمًا.

# reviewed: no
net-around-numbered = تحمل أول { $n } أرقامها في الرسم؛ والجدول يشملها كلها.

# reviewed: no
net-acted = من { $n } من الأجوبة النهائية يقول { $acted } إنه أُزيل؛ ويفترض النموذج زواله كله.

# reviewed: no
net-because = لماذا هو في الخطة

# reviewed: no
net-because-alone = عبره وحده

# reviewed: no
net-because-ways = الطرق إليه

# reviewed: no
net-because-then = ثم

# reviewed: no
net-because-courses = { $share } من المسارات التي تصل إليه

# reviewed: no
net-because-cut = ينقطع

# reviewed: no
net-because-lost = وجماعته وعددها { $accounts }: يُفقد { $share } مما يُبلَغ فيها

# reviewed: no
net-because-instead = البديل

# reviewed: no
net-because-more = تصل المحتويات إلى { $n } من الحسابات زيادة

# reviewed: no
net-because-instead-none = لا أحد: الخطة ترتيب بسيط.

# reviewed: no
net-because-none = لا شيء

# reviewed: no
net-because-how = كل رقم يفترض بقاء سائر حسابات الخطة، إلا البديل: فيه الحسابات الأخرى غائبة.
