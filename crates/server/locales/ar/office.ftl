### Sign-in, intake, provider, operation, signals, reports, ledger, agency.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: no
sign-in-title = الدخول

# reviewed: no
sign-in-failed = لم يتم الدخول. تحقق من الاسم وكلمة المرور والرمز.

# reviewed: no
sign-in-agency = الجهة أو المزوّد

# reviewed: no
sign-in-login = اسم الدخول

# reviewed: no
sign-in-password = كلمة المرور

# reviewed: no
sign-in-code = رمز من ستة أرقام

# reviewed: no
sign-in-go = ادخل

# reviewed: no
sign-in-enrol = جديد هنا؟ يعطيك المسؤول رابطًا يعمل مرة واحدة.

# reviewed: no
enrol-page = التسجيل

# reviewed: no
enrol-title = أهلًا { $name }

# reviewed: no
enrol-agency = الجهة

# reviewed: no
enrol-secret = سر تطبيق الرموز

# reviewed: no
enrol-how = اكتب السر في تطبيق الرموز ثم اكتب الرمز الذي يظهر.

# reviewed: no
enrol-password = كلمة مرور من 12 حرفًا فأكثر

# reviewed: no
enrol-again = كلمة المرور مجددًا

# reviewed: no
enrol-go = افتح حسابي

# reviewed: no
step-up-title = هل هذا أنت؟

# reviewed: no
step-up-failed = لم يُؤكد. الرمز خطأ أو قديم.

# reviewed: no
step-up-go = أكّد وتابع

# reviewed: no
step-up-why = يُطلب قبل أن يخرج شيء إلى الخارج، وقبل منح أي صلاحية دخول.

# reviewed: no
reason-title = لماذا تقرأ؟

# reviewed: no
reason-why = يُسجَّل سببك مع كل قراءة في هذه الزيارة.

# reviewed: no
reason-note = بكلماتك إن لم تكفِ القائمة

# reviewed: no
reason-go = تابع

# reviewed: no
refusal-field = الحقل

# reviewed: no
refusal-mine = ما كتبته

# reviewed: no
refusal-theirs = المسجَّل

# reviewed: no
intake-question = ماذا يدخل؟

# reviewed: no
intake-batches = ملفات دخلت

# reviewed: no
intake-none = لم يدخل ملف بعد.

# reviewed: no
intake-counts = { $new } جديد، { $before } معروف، { $refused } مرفوض، { $aside } مُنحّى

# reviewed: no
intake-records = { $done } من { $all } سجل

# reviewed: no
mapping-title = هل هذا معنى الأعمدة؟

# reviewed: no
mapping-note = خُمّن من الأسماء والسجلات الأولى. لا يدخل شيء قبل موافقتك.

# reviewed: no
mapping-column = العمود

# reviewed: no
mapping-sample = القيمة الأولى

# reviewed: no
mapping-meaning = المعنى

# reviewed: no
mapping-save = احفظ هذا الربط باسم

# reviewed: no
mapping-go = اقرأ الملف هكذا

# reviewed: no
provider-question = كيف يعملون معنا؟

# reviewed: no
provider-time = وقتهم

# reviewed: no
provider-quiet-on = وضع هادئ

# reviewed: no
provider-answers = ما أجابوا به

# reviewed: no
items-since = { $n ->
        [one] مادة واحدة
        [two] مادتان
        [few] { $n } مواد
       *[other] { $n } مادة
    } منذ { $day }

# reviewed: no
provider-survival = كم بقيت المواد؟

# reviewed: no
provider-survival-note = نسبة الباقي بحسب الوقت منذ التسليم

# reviewed: no
provider-survival-none = لم يُفحص شيء مجددًا بعد.

# reviewed: no
provider-open-none = لا شيء مفتوح.

# reviewed: no
provider-contacts = نقاط الاتصال

# reviewed: no
provider-way = تُرسل الرسائل عبر

# reviewed: no
provider-checked = تحقق منها شخص

# reviewed: no
provider-unchecked = لم تُفحص بعد

# reviewed: no
provider-contact = إدخال عنوانه أو تغييره

# reviewed: no
provider-contact-what = الرسائل التي كانت تنتظر جهة اتصال تُرسل حين يسري العنوان. تغيير عنوان سارٍ ينتظر شخصا ثانيا في صفحة الجهة. المزوّد الذي يستعمل RXP يُدخل مع مفاتيحه عبر واجهة البرمجة.

# reviewed: no
provider-contact-how = كيف جرى التحقق منه، مثلا باتصال برقم معروف

# reviewed: no
provider-contact-go = أدخل العنوان

# reviewed: no
provider-quiet = الوضع الهادئ

# reviewed: no
provider-quiet-what = تُجمع الرسائل وتُرسل مرة في الأسبوع. تهديدات الحياة تُرسل فورًا.

# reviewed: no
provider-quiet-start = ابدأ الوضع الهادئ

# reviewed: no
provider-quiet-end = أنهِ الوضع الهادئ

# reviewed: no
survival-hours = منذ التسليم

# reviewed: no
survival-share = الباقي

# reviewed: no
survival-interval = فترة 95 %

# reviewed: no
survival-risk = مواد مراقبة

# reviewed: no
wall-counters = العدادات

# reviewed: no
wall-work = العمل

# reviewed: no
wall-agencies = الجهات

# reviewed: no
wall-by-name = بالاسم

# reviewed: no
live-still = الحال الآن، غير مباشر

# reviewed: no
live-on = مباشر

# reviewed: no
live-off = توقف البث، الأرقام ثابتة

# reviewed: no
wall-referred-items = 
    مادة أُحيلت، في { $n ->
        [one] مجموعة واحدة
        [two] مجموعتين
        [few] { $n } مجموعات
       *[other] { $n } مجموعة
    }

# reviewed: no
wall-seen = مادة رُصدت

# reviewed: no
wall-answered = مادة أُجيب عنها

# reviewed: no
wall-of-referred = { $share } من المُحال

# reviewed: no
wall-assessed = مجموعة قُيِّمت

# reviewed: no
wall-referred = للإحالة

# reviewed: no
wall-not = ليست محتوى إرهابيًا

# reviewed: no
wall-exempt = مستثناة

# reviewed: no
wall-second = محل شك، لقارئ ثانٍ

# reviewed: no
wall-precision = صحة بعد المراجعة

# reviewed: no
wall-precision-of = { $right } من { $all } لم تُسحب ولم تُنقض؛ وأُعيد النظر في { $reviewed }، فهذا حد أعلى

# reviewed: no
wall-gone = اختفت بحسب فحصين، { $n } من { $all }

# reviewed: no
wall-precision-none = لا مراجعة بعد. يظهر ما اختفى حين يُعاد النظر في مادة واحدة على الأقل.

# reviewed: no
wall-pace = ما سرعة العمل؟

# reviewed: no
wall-pace-unit = عدد في خمس دقائق

# reviewed: no
wall-pace-assessed = { $n } تقييم

# reviewed: no
wall-pace-answered = { $n } جواب

# reviewed: no
wall-services = الخدمات

# reviewed: no
wall-languages = اللغات

# reviewed: no
wall-unit-referred = مواد أُحيلت

# reviewed: no
wall-answers = الأجوبة

# reviewed: no
wall-answers-unit = مواد، بكلمات المزوّدين

# reviewed: no
wall-unit = الوحدة

# reviewed: no
wall-people = أشخاص

# reviewed: no
wall-col-assessed = قُيِّم

# reviewed: no
wall-col-hold = معلّق

# reviewed: no
wall-holds = التعليقات، { $n }

# reviewed: no
wall-soonest = الأقرب انتهاءً

# reviewed: no
wall-holds-none = لا شيء معلّق

# reviewed: no
signals-question = ماذا نعرف، وممن؟

# reviewed: no
signals-note = التطابق سبب للنظر لا قرار.

# reviewed: no
signals-banks = البنوك

# reviewed: no
signals-running = مطابقة الماضي

# reviewed: no
signals-running-note = السجلات المحفوظة والمطابقة فقط

# reviewed: no
signals-disputed = موضع خلاف

# reviewed: no
signals-more = ينتظر { $n } غيرها، وهذه أحدثها.

# reviewed: no
signals-disputed-none = لا إشارة موضع خلاف.

# reviewed: no
signals-none = لا بنك بعد.

# reviewed: no
signals-none-next = بدونه لا يُدخل المواد إلا الأشخاص.

# reviewed: no
bank-name = البنك

# reviewed: no
bank-giver = من

# reviewed: no
bank-types = يحتوي

# reviewed: no
bank-signals = الإشارات

# reviewed: no
bank-matches = التطابقات حتى الآن

# reviewed: no
bank-review = موعد المراجعة

# reviewed: no
bank-negative = سلبي

# reviewed: no
bank-withdraw = اسحب إشارة

# reviewed: no
bank-withdraw-which = الإشارة

# reviewed: no
bank-withdraw-why = السبب

# reviewed: no
bank-withdraw-go = اسحبها في كل مكان

# reviewed: no
bank-basis = الأساس القانوني

# reviewed: no
bank-sharing = يجوز تسليمه

# reviewed: no
bank-distance = المسافة، بتات من 256

# reviewed: no
bank-closed = قائمة مغلقة

# reviewed: no
bank-export = سلّم هذا البنك

# reviewed: no
bank-export-go = اكتب القائمة

# reviewed: no
sharing-red = لا يسلَّم (أحمر)

# reviewed: no
sharing-amber = لمن يحتاج إليه (كهرماني)

# reviewed: no
sharing-green = داخل المجتمع (أخضر)

# reviewed: no
sharing-clear = للجميع (شفاف)

# reviewed: no
signals-format = الصيغة

# reviewed: no
signals-format-guess = بحسب المحتوى

# reviewed: no
signal-suspended = مختلف فيه: لا يطابق شيئًا حتى يقرر شخص.

# reviewed: no
signal-blown = نحّاه صمّامه: طابق أكثر مما ينبغي في يوم واحد.

# reviewed: no
opinion-for = تأييدها: تطابق من جديد

# reviewed: no
opinion-back = سحب هذه الإشارة

# reviewed: no
opinion-why = لماذا

# reviewed: no
signals-import = استورد بنكًا

# reviewed: no
signals-import-note = CSV وأسطر JSON وThreatExchange وMISP وSTIX

# reviewed: no
signals-file = الملف

# reviewed: no
signals-opinion = رأي صاحبها فيها

# reviewed: no
signals-as-list = كما تقول القائمة، وإلا فتستحق النظر

# reviewed: no
signals-as-seed = تستحق النظر، لم تُقيَّم

# reviewed: no
signals-as-positive = مقيَّمة: محتوى إرهابي معروف

# reviewed: no
signals-as-negative = بنك سلبي: أخبار وبحث وأشباه

# reviewed: no
signals-import-go = استورد هذا البنك

# reviewed: no
reports-question = ماذا ننشر؟

# reviewed: no
reports-choose = اختر موضوع التقرير: عملية، أو آخر 30 يوما من عمل جهتكم.

# reviewed: no
report-span = الفترة

# reviewed: no
report-save = احفظ بصيغة { $form }

# reviewed: no
report-kind = تقرير يوم العمل

# reviewed: no
report-written = كُتب

# reviewed: no
report-trust = لماذا يوثق بالأرقام

# reviewed: no
report-recomputed = أعاد برنامج ثانٍ لا يشارك الأول شيئًا حساب كل رقم من السجل المُصدَّر واتفق معه.

# reviewed: no
report-differs = العدّ الثاني مختلف. لا تنشر، وانظر السجل.

# reviewed: no
report-not-recomputed = لم تُحسب الأرقام مرة ثانية بعد.

# reviewed: no
report-identical = تقييمات بنصوص متطابقة:

# reviewed: no
report-checkpoint = نقطة تحقق السجل { $n }

# reviewed: no
ledger-question = هل أثق به؟

# reviewed: no
ledger-checkpoint = نقطة تحقق موقّعة

# reviewed: no
ledger-size = السجلات

# reviewed: no
ledger-root = الجذر

# reviewed: no
ledger-newest-at = أحدث سجل

# reviewed: no
ledger-verify = تحقق من السجل كله

# reviewed: no
ledger-holds = تم التحقق

# reviewed: no
ledger-broken = غير سليم

# reviewed: no
ledger-unverified = لم يُتحقق منه في هذا العرض

# reviewed: no
ledger-look = برهان لسجل

# reviewed: no
ledger-number = رقم السجل

# reviewed: no
ledger-prove = أثبته

# reviewed: no
ledger-newest = الأحدث

# reviewed: no
ledger-offline = تحقق بدوننا

# reviewed: no
ledger-offline-how = هذا الأمر لا يحتاج خادمًا ولا يشاركه شيئًا.

# reviewed: no
proof-holds = البرهان يوصل إلى الجذر.

# reviewed: no
proof-broken = البرهان لا يوصل إلى الجذر.

# reviewed: no
proof-leaf = الورقة

# reviewed: no
proof-hashes = { $n ->
        [one] بصمة واحدة
        [two] بصمتان
        [few] { $n } بصمات
       *[other] { $n } بصمة
    }

# reviewed: no
agency-question = من يحق له ماذا؟

# reviewed: no
agency-link = رابط تسجيل واحد

# reviewed: no
agency-link-once = يُعرض مرة واحدة

# reviewed: no
agency-waiting = في انتظار شخص ثانٍ

# reviewed: no
agency-waiting-note = يؤكده شخص آخر

# reviewed: no
proposal-contact = جهة اتصال جديدة

# reviewed: no
proposal-confirm = تأكيد

# reviewed: no
proposal-drop = إلغاء

# reviewed: no
agency-people = الأشخاص

# reviewed: no
agency-people-closed = يرى مدير الوكالة أشخاصها.

# reviewed: no
agency-add = أضف شخصًا

# reviewed: no
agency-add-go = أضف وأنشئ رابطًا

# reviewed: no
agency-keys = مفاتيح التوقيع

# reviewed: no
agency-key-until = صالح حتى

# reviewed: no
agency-retention = مدة الحفظ

# reviewed: no
agency-protected = مواقع محمية

# reviewed: no
agency-protected-note = صحافة وأرشيفات ومكتبات

# reviewed: no
agency-protected-none = لا مضيف محمي بالاسم بعد.

# reviewed: no
agency-peers = الشركاء

# reviewed: no
agency-peers-none = لا شريك مسجل.

# reviewed: no
agency-languages = لغات الواجهة

# reviewed: no
agency-languages-note = نصوص قرأها متحدث

# reviewed: no
agency-language-read = قُرئ { $read } من { $all }

# reviewed: no
person-name = الاسم

# reviewed: no
person-roles = الأدوار

# reviewed: no
person-seen = آخر زيارة

# reviewed: no
person-never = لم يزر

# reviewed: no
person-change = غيّر

# reviewed: no
person-closed = مغلق

# reviewed: no
person-save = احفظ الأدوار

# reviewed: no
person-new-link = أنشئ رابطًا جديدًا

# reviewed: no
person-close = أغلق الحساب

# reviewed: no
person-open = افتح الحساب

# reviewed: no
role-analyst = محلل

# reviewed: no
role-approver = موافِق

# reviewed: no
role-coordinator = منسق

# reviewed: no
role-provider = مزوّد

# reviewed: no
role-auditor = مدقق

# reviewed: no
role-supervisor = مشرف

# reviewed: no
role-administrator = مسؤول النظام

# reviewed: no
protected-remove = احذف

# reviewed: no
protected-host = المضيف

# reviewed: no
protected-why = سبب الحماية

# reviewed: no
protected-add = احمِ هذا الموقع

# reviewed: no
kept-observation = جُمع ولم يُقيَّم

# reviewed: no
kept-not-terrorist = قُيّم ولم يُرسل

# reviewed: no
kept-referral = إحالة، بعد إغلاقها

# reviewed: no
kept-hash = بصمة، حتى مراجعتها

# reviewed: no
kept-log-detail = من قرأ ماذا

# reviewed: no
kept-wellbeing = تعرّض الشخص

# reviewed: no
kept-log = السجل

# reviewed: no
bank-holds-negative = سلبي

# reviewed: no
bank-holds-seed = بذرة

# reviewed: no
bank-holds-positive = إيجابي

# reviewed: no
bank-holds-disputed = مختلف فيه

# reviewed: no
provider-reads-unknown = غير معروف

# reviewed: no
wall-ended = انتهت في { $end }. لا يُحسب ما جرى بعدها من عمل، وتُحسب الردود على ما أُرسل.

# reviewed: no
key-document = للوثائق

# reviewed: no
key-ledger = للسجل
