### Refusals and findings by their code, events by their word.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: no
rule-four-eyes = هذا عملك أنت. يجب أن يؤكده شخص آخر.

# reviewed: no
rule-not-here = لا يوجد هذا هنا، أو ليس لك أن تراه.

# reviewed: no
rule-question-missing = اكتبوا ما تسألون عنه تحت «ملاحظة للمرسل».

# reviewed: no
rule-own-number = لم يُسجّل. هذا رقم المرسِل نفسه، ويمكن لأي أحد أن يخمّنه. المطلوب مرجع الاعتراض، وهو 32 من الأرقام والحروف. تجدونه في الرسالة الموجهة إلى المزوّد، في بريده وفي صفحة وارده، تحت «مرجع الاعتراض».

# reviewed: no
rule-no-right = أدوارك لا تشمل هذا. يمكن لمسؤول النظام منحه.

# reviewed: no
rule-no-right-named = أدواركم لا تشمل «{ $right }». يمكن لمسؤول النظام في جهتكم منحه.

# reviewed: no
rule-read-needs-reason = قل لماذا تقرأ هذا. يُحفظ السبب مع القراءة.

# reviewed: no
rule-bad-transition = لم يعد هذا ممكنًا في وضعه الحالي. أعد تحميل الصفحة.

# reviewed: no
rule-withdrawn = سحب المرسل هذه الإحالة. لم تعد تحتاج جوابًا.

# reviewed: no
rule-reader-text = يكتب القارئ الثاني أسبابه بنفسه، من 10 إلى 1000 حرف.

# reviewed: no
rule-hold-too-long = نهاية التعليق خارج الحد. اختر وقتًا أقرب.

# reviewed: no
rule-kind-missing = حدد نوعًا واحدًا على الأقل وقل السبب.

# reviewed: no
rule-statement-length = سبب أحد الأنواع أقصر أو أطول من اللازم.

# reviewed: no
rule-pinpoint-missing = قل أين يوجد: توقيت أو صفحة أو اقتباس.

# reviewed: no
rule-danger-required = «يحرّض» يحتاج كلامًا خاصًا عن الخطر. نسخ السبب لا يكفي.

# reviewed: no
rule-offence-unknown = هذه الجريمة ليست في القائمة.

# reviewed: no
rule-offence-refs = اذكر جريمة واحدة على الأقل للأنواع 2 إلى 5.

# reviewed: no
rule-private-audience = التواصل الخاص خارج هذا العمل ولا يُقيَّم.

# reviewed: no
rule-exemption-missing = سؤال عن الاستثناء بلا جواب. أجب عنه.

# reviewed: no
rule-exemption-text = نص جواب الاستثناء أقصر أو أطول من اللازم.

# reviewed: no
rule-exemption-yes = أُجيب بـ«نعم» عن استثناء: لا إحالة. احفظه كمستثنى أو أخرج المادة.

# reviewed: no
rule-exempt-without-yes = للحفظ كمستثنى أجب بـ«نعم» عن السؤال المناسب.

# reviewed: no
rule-purpose-text = الغرض أو السياق أقصر أو أطول من اللازم: من 10 إلى 1000 حرف.

# reviewed: no
rule-eu-listed-author = قل لا أو نعم أو غير معروف عن صاحبه في قائمة الاتحاد.

# reviewed: no
rule-no-items = أكّد مادة واحدة على الأقل. لا يُقرر شيء لما لم يُنظر فيه.

# reviewed: no
rule-too-many-items = مواد كثيرة دفعة واحدة. أكّد أقل.

# reviewed: no
rule-not-alike = لا تُؤكد معًا إلا مواد بالجمهور والناشر نفسيهما. قرر في الباقي منفصلًا.

# reviewed: no
rule-collection-page = العنوان صفحة مجموعات لا مادة. أعطِ عنوان كل مادة.

# reviewed: no
rule-grounds = الحساب أو القناة يحتاج أولًا تقييمات موافقًا عليها لمحتواه.

# reviewed: no
rule-hold = إحدى الجهات تطلب الانتظار. تُستبعد المادة حتى نهاية التعليق.

# reviewed: no
rule-sent-before = أُرسلت المادة نفسها إلى هذا المزوّد من قبل. لا يُرسل شيء مرتين.

# reviewed: no
rule-gone = لم يعد العنوان يعرض المادة. لا شيء يُحال.

# reviewed: no
rule-redirected = العنوان يقود إلى مكان آخر. تأكد من المزوّد.

# reviewed: no
rule-not-looked-at = تعذّر النظر في العنوان قبل الإرسال.

# reviewed: no
rule-not-sealed = لم يُختم الأصل بعد. يُختم أولًا ثم تُرسل الرسالة.

# reviewed: no
rule-protected-host = يبدو الموقع مكتبة أو أرشيفًا أو صحافة أو برلمانًا أو جامعة. انظر مجددًا.

# reviewed: no
rule-missing-contact = لا نقطة اتصال معروفة لهذا المزوّد. يُدخل منسق واحدة في صفحة المزوّد.

# reviewed: no
rule-sender-identity = ليس لهذه الجهة اسم أو صفة أو مفتاح مؤكد للإرسال. يحددها مسؤول النظام.

# reviewed: no
rule-first-referral = هذه أول إحالة إلى هذا المزوّد. يؤكد منسق الاتصال والحمل.

# reviewed: no
rule-host-burst = محتوى جديد كثير على موقع واحد في أيام. ينظر زميل أولًا.

# reviewed: no
rule-provider-burst = محتوى جديد كثير إلى مزوّد واحد في يوم. ينظر زميل أولًا.

# reviewed: no
rule-avms = هذه خدمة وسائط سمعية بصرية: التوجيه 2010/13/EU هو المطبق. يذكر منسق سبب الإحالة رغم ذلك.

# reviewed: no
rule-recipient-outside = خدمة من هذا النوع خارج اللائحة. تبقى الإحالة ممكنة.

# reviewed: no
rule-no-union-link = لا يقدم هذا المزوّد خدماته في الاتحاد. تبقى الإحالة ممكنة.

# reviewed: no
rule-union-link-reason = اذكر سبب صلة هذا المزوّد بالاتحاد كما أُدخلت.

# reviewed: no
rule-person-burst = محتوى جديد كثير وافق عليه شخص واحد في يوم. ينظر زميل أولًا.

# reviewed: no
rule-contest-reasons = قل ما الخطأ، فالنص أقصر أو أطول من اللازم.

# reviewed: no
event-observed = رُصد من ملف أو مصدر

# reviewed: no
event-joined = انضم إلى مواد بالمحتوى نفسه

# reviewed: no
event-reappeared = عاد: المحتوى نفسه قُرر من قبل

# reviewed: no
event-deferred = أُجّل

# reviewed: no
event-saved-to-refer = قُيّم، للإحالة

# reviewed: no
event-saved-unsure = قُيّم، مع شك لقارئ ثانٍ

# reviewed: no
event-saved-declined = قُيّم، بلا إحالة

# reviewed: no
event-read-clear = لم يجد القارئ الثاني استثناء

# reviewed: no
event-read-blocked = وجده القارئ الثاني مستثنى

# reviewed: no
event-approved = وُوفق عليه

# reviewed: no
event-returned = أُعيد مع سبب

# reviewed: no
event-assessment-withdrawn = سُحب التقييم

# reviewed: no
event-overtaken = تجاوزه تقييم أحدث

# reviewed: no
event-sealed = خُتم الأصل

# reviewed: no
event-looked = فُحص مجددًا

# reviewed: no
event-contest-opened = اعترض عليه أحد

# reviewed: no
event-hold-placed = طلبت جهة الانتظار

# reviewed: no
event-hold-lifted = رُفع التعليق

# reviewed: no
event-hold-expired = انتهى التعليق

# reviewed: no
event-sent = أُرسل

# reviewed: no
event-receipted = وصل الإيصال

# reviewed: no
event-received = وصلت رسالة

# reviewed: no
event-answered = أجاب المزوّد

# reviewed: no
event-fallback = أُرسل بالبريد بدلًا منه

# reviewed: no
event-undelivered = تعذّر التسليم

# reviewed: no
event-drafted = كُتبت الرسالة

# reviewed: no
event-enqueued = ينتظر الإرسال

# reviewed: no
event-held-back = أوقفه فحص قبل الإرسال

# reviewed: no
event-relayed = تسلّمه خادم البريد

# reviewed: no
event-progress = المزوّد ينظر فيه

# reviewed: no
event-question = المزوّد يسأل

# reviewed: no
event-informed = أجبنا عن السؤال

# reviewed: no
event-outcome = أُجيب عن كل المواد

# reviewed: no
event-partial-outcome = أُجيب عن بعض المواد

# reviewed: no
event-reminded = أُرسل تذكير

# reviewed: no
event-ladder-end = لا تذكير بعد

# reviewed: no
event-gone = لم يعد موجودًا عند الفحص

# reviewed: no
event-withdrawn = سُحبت وأُبلغ الجميع

# reviewed: no
event-all-acknowledged = أكّد الجميع السحب

# reviewed: no
event-closed = أُغلق

# reviewed: no
event-signal-added = أُضيفت إشارة

# reviewed: no
event-signal-disputed = اعتُرض على إشارة

# reviewed: no
event-signal-upheld = أُبقيت الإشارة

# reviewed: no
event-signal-fuse = أُوقفت الإشارة تلقائيًا

# reviewed: no
event-signal-withdrawn = سُحبت الإشارة

# reviewed: no
event-bank-import-begun = بدأ استيراد بنك

# reviewed: no
event-bank-imported = استُورد بنك

# reviewed: no
event-agency-founded = أُسست الوكالة

# reviewed: no
event-agency-key-made = أُنشئ مفتاح التوقيع

# reviewed: no
event-agency-list-proposed = اقتُرحت قائمة مغلقة

# reviewed: no
event-agency-list-enabled = فُعّلت قائمة مغلقة

# reviewed: no
event-agency-list-dropped = لم تُفعَّل قائمة مغلقة

# reviewed: no
event-agency-list-ended = أُنهيت قائمة مغلقة

# reviewed: no
event-bank-made = أُنشئ البنك

# reviewed: no
event-bank-exported = صُدّر البنك

# reviewed: no
event-batch-interrupted = انقطع الإدخال

# reviewed: no
event-cluster-left = غادرت مادة المجموعة

# reviewed: no
event-cluster-matched = طابقت ما هو معروف

# reviewed: no
event-cluster-merged = دُمجت مجموعات

# reviewed: no
event-cluster-merged-into = دُمجت في مجموعة أخرى

# reviewed: no
event-cluster-split = قُسمت المجموعة

# reviewed: no
event-cluster-split-off = فُصلت عن مجموعة أخرى

# reviewed: no
event-erasure-forgotten = نُسي عند انتهاء مدته

# reviewed: no
event-export-backup = أُخذت نسخة احتياطية

# reviewed: no
event-export-log-read = قُرئ سجل القراءات

# reviewed: no
event-message-duty-alert = نُبّه المناوبون

# reviewed: no
event-message-joined = أُلحقت بقضية

# reviewed: no
event-message-notice-failed = فشل إشعار نظام المزود

# reviewed: no
event-message-receipt-given = أُعطي إشعار استلام

# reviewed: no
event-operation-begun = بدأت العملية المشتركة

# reviewed: no
event-plan-sealed = خُتمت خطة مع تنبّؤها

# reviewed: no
event-host-noted = ملاحظة عن مضيف

# reviewed: no
event-person-disabled = سُحب الدخول

# reviewed: no
event-person-enrolled = اكتمل التسجيل

# reviewed: no
event-person-invited = وُجهت دعوة

# reviewed: no
event-person-link-made = أُنشئ رابط تسجيل جديد

# reviewed: no
event-person-locked = أُقفل بعد محاولات خاطئة

# reviewed: no
event-person-role-dropped = أُسقط اقتراح دور

# reviewed: no
event-person-role-proposed = اقتُرح دور

# reviewed: no
event-person-signed-in = دخول

# reviewed: no
event-person-signed-out = خروج

# reviewed: no
event-person-stepped-up = أُثبتت الهوية من جديد

# reviewed: no
event-provider-contact-proposed = اقتُرحت جهة اتصال

# reviewed: no
event-provider-contact-dropped = أُسقط اقتراح جهة اتصال

# reviewed: no
event-provider-confirmed = أُكدت جهة الاتصال

# reviewed: no
event-provider-load-confirmed = أُكد الحمل

# reviewed: no
event-provider-prefers = سُجلت رغبات المزود

# reviewed: no
event-provider-reminders-started = بدأت التذكيرات

# reviewed: no
event-referral-answered-after-withdrawal = أُجيب بعد السحب

# reviewed: no
event-referral-preflight-asked = طُلب فحص ما قبل الإرسال من جديد

# reviewed: no
event-referral-readdressed = أُرسلت إلى جهة اتصال جديدة

# reviewed: no
event-referral-reinstated = أُعيدت بعد السحب

# reviewed: no
event-by = { $what }، { $name }

# reviewed: no
event-letter-approved = أُكدت الرسالة

# reviewed: no
event-contest-upheld = قُبل اعتراض

# reviewed: no
event-contest-refused = رُفض اعتراض

# reviewed: no
happened-times = { $what }، عدد المرات: { $n }

# reviewed: no
right-intake = إدخال المحتوى

# reviewed: no
right-read = قراءة القائمة وما أُرسل

# reviewed: no
right-search = البحث

# reviewed: no
right-read-network = الاطلاع على شبكة المحتوى المقيَّم

# reviewed: no
right-assess = التقييم

# reviewed: no
right-approve = الموافقة

# reviewed: no
right-withdraw = سحب ما أُرسل

# reviewed: no
right-hold = طلب الانتظار

# reviewed: no
right-manage-signals = إدارة المصارف والإشارات

# reviewed: no
right-manage-providers = إدارة دفتر المزوّدين

# reviewed: no
right-manage-operation = قيادة عملية

# reviewed: no
right-read-inbox = قراءة صندوق المزوّد

# reviewed: no
right-answer = الجواب باسم المزوّد

# reviewed: no
right-read-reports = قراءة التقارير

# reviewed: no
right-read-ledger = قراءة السجل

# reviewed: no
right-read-log = قراءة سجل الاطلاع

# reviewed: no
right-manage-access = إدارة الأشخاص وأدوارهم

# reviewed: no
right-own-account = إدارة الحساب الشخصي

# reviewed: no
event-receipted-again = إيصال آخر للرسالة نفسها

# reviewed: no
event-original-missing = ورد جواب عن رسالة ليست هنا

# reviewed: no
event-edited = عُدّلت الرسالة

# reviewed: no
event-rejected = رُفضت الرسالة

# reviewed: no
event-role-given = مُنح دور

# reviewed: no
event-role-taken = سُحب دور

# reviewed: no
event-protected = أُضيف مضيف إلى قائمة المضيفين المحميين

# reviewed: no
event-unprotected = أُزيل مضيف من قائمة المضيفين المحميين

# reviewed: no
event-provider-changed = عُدّل قيد في دليل المزوّدين

# reviewed: no
rule-grounds-many = عدد التقييمات المستشهد بها كبير. اختر أهمها.

# reviewed: no
rule-grounds-unknown = تقييم مستشهد به غير موافق عليه أو ليس عن محتواه أو ذُكر مرتين. اختر من القائمة.

# reviewed: no
rule-whole-missing = تُحال القناة أو الحساب مع التقييمات التي تستند إليها وسبب خاص بها.

# reviewed: no
rule-whole-of-item = القناة أو الحساب فقط يستند إلى تقييمات أخرى؛ هذه مادة.

# reviewed: no
rule-whole-address = يجب أن يكون عنوان صفحته عنوان ويب على خدمته نفسها.

# reviewed: no
rule-whole-merge = القناة أو الحساب قائم بذاته؛ لا يُضم إلى شيء.

# reviewed: no
rule-proportionality = قل بكلماتك لماذا يُحال كله وليس ذلك المحتوى فقط.

# reviewed: no
event-cluster-queued = وُضع في قائمة الانتظار كاملًا

# reviewed: no
event-plan-queued = وُضعت حسابات خطة في قائمة الانتظار

# reviewed: no
rule-analysis-not-open = هذا التحليل الحسّاس غير مفتوح. يفتحه مسؤول في صفحة الجهة مع الغرض ومرجع تقييم الأثر.

# reviewed: no
right-read-leads = الاطلاع على خيوط التحليل الحسّاس

# reviewed: no
event-analysis-opened = فُتح التحليل الحسّاس

# reviewed: no
event-analysis-sheet-read = قُرئت ورقة من التحليل الحسّاس

# reviewed: no
event-analysis-closed = أُغلق التحليل الحسّاس

# reviewed: no
event-analysis-marked = وُسم خيط

# reviewed: no
event-analysis-unmarked = سُحبت علامة خيط أو مُحيت

# reviewed: no
rule-hidden-characters = في النص محارف لا تُرى: محارف تحكم، أو علامات تقلب اتجاه الكتابة، أو فاصل أسطر داخل اسم. احذفها أو اكتب النص من جديد.

# reviewed: no
rule-bank-text = اكتب اسم البنك ومصدره وأساسه القانوني في 1 إلى 100 محرف مرئي.

# reviewed: no
rule-note-text = اكتب واقعة من 1 إلى 500 محرف مرئي ومصدرًا من 3 إلى 300.

# reviewed: no
rule-note-identification = الحاجة إلى إثبات الهوية: نعم أو لا أو غير معروف.

# reviewed: no
rule-note-standing = الفرضية وحدها يمكن أن تُدعَم أو تُدحَض.

# reviewed: no
rule-network-days = اختر منشورات آخر 30 أو 90 أو 365 يومًا، أو من كل الأوقات.

# reviewed: no
rule-network-layers = اختر نوعًا واحدًا على الأقل من الروابط: النسخ، إعادة التوجيه، ذكر الحسابات، النشر في القنوات.

# reviewed: no
rule-too-large = ما أُرسل أكبر مما تقبله هذه الصفحة. أرسل أقل في كل مرة.

# reviewed: no
rule-broken-form = لا يمكن قراءة الاستمارة وملفاتها: انقطعت في الطريق. أرسلها كاملة من جديد.
