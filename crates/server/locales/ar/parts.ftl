### The parts: kinds, answers, holds, matches, questions, letters.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: no
tag-referral = إحالة

# reviewed: no
tag-notice = إشعار

# reviewed: no
tag-order = أمر إزالة

# reviewed: no
kind-video = فيديو

# reviewed: no
kind-image = صورة

# reviewed: no
kind-text = نص

# reviewed: no
kind-audio = صوت

# reviewed: no
kind-link = رابط

# reviewed: no
kind-account = حساب

# reviewed: no
kind-channel = قناة

# reviewed: no
kind-site = موقع

# reviewed: no
kind-document = وثيقة

# reviewed: no
tco-incites = يحرّض

# reviewed: no
tco-solicits-commit = يدعو إلى ارتكاب جريمة

# reviewed: no
tco-solicits-participation = يدعو إلى الانضمام إلى جماعة

# reviewed: no
tco-instruction = يقدّم تعليمات

# reviewed: no
tco-threat = يشكّل تهديدًا

# reviewed: no
kinds-title = نوع المحتوى

# reviewed: no
kinds-article = المادة 2(7) من اللائحة

# reviewed: no
kinds-note = لكل نوع موضع وسبب

# reviewed: no
kind-pinpoint = الموضع

# reviewed: no
kind-statement = لماذا هو من هذا النوع

# reviewed: no
danger-question = ما الخطر الذي يسببه؟

# reviewed: no
danger-required = مطلوب مع «يحرّض»

# reviewed: no
offence-question = أي جريمة؟ التوجيه (الاتحاد الأوروبي) 2017/541

# reviewed: no
offence-none = اختر

# reviewed: no
offence-article = المادة { $article } · { $name }

# reviewed: no
offence-3-1-a = اعتداء على الحياة

# reviewed: no
offence-3-1-b = اعتداء على السلامة الجسدية

# reviewed: no
offence-3-1-c = خطف واحتجاز رهائن

# reviewed: no
offence-3-1-d = تدمير واسع

# reviewed: no
offence-3-1-e = استيلاء على طائرات أو سفن أو وسائل نقل

# reviewed: no
offence-3-1-f = متفجرات وأسلحة

# reviewed: no
offence-3-1-g = مواد خطرة وحرائق وفيضانات

# reviewed: no
offence-3-1-h = قطع الماء أو الطاقة وما يشبههما

# reviewed: no
offence-3-1-i = اعتداء على أنظمة المعلومات

# reviewed: no
offence-4-b = المشاركة في جماعة إرهابية

# reviewed: no
lang-ar = العربية

# reviewed: no
lang-de = الألمانية

# reviewed: no
lang-el = اليونانية

# reviewed: no
lang-en = الإنجليزية

# reviewed: no
lang-es = الإسبانية

# reviewed: no
lang-fr = الفرنسية

# reviewed: no
lang-it = الإيطالية

# reviewed: no
lang-ku = الكردية

# reviewed: no
lang-nl = الهولندية

# reviewed: no
lang-pl = البولندية

# reviewed: no
lang-pt = البرتغالية

# reviewed: no
lang-ru = الروسية

# reviewed: no
lang-sv = السويدية

# reviewed: no
lang-tr = التركية

# reviewed: no
lang-und = لغة غير معروفة

# reviewed: no
lang-none = بلا نص

# reviewed: no
hold-clear = لا مانع

# reviewed: no
hold-until = تعليق حتى

# reviewed: no
hold-ordered = صدر أمر من قبل

# reviewed: no
hold-talk = تحدثوا معي

# reviewed: no
hold-no-answer = لا جواب بعد { $n } ث

# reviewed: no
hold-no-partner = لا شريك يُسأل

# reviewed: no
answer-received = وصلت

# reviewed: no
answer-under-review = قيد النظر

# reviewed: no
answer-needs-information = يحتاج معلومات

# reviewed: no
answer-removed = أُزيل

# reviewed: no
answer-disabled-everywhere = عُطِّل في كل مكان

# reviewed: no
answer-disabled-in-union = عُطِّل في الاتحاد

# reviewed: no
answer-geo-blocked = حُجب في بلدان

# reviewed: no
answer-partially-removed = أُزيل جزئيًا

# reviewed: no
answer-age-restricted = للبالغين فقط

# reviewed: no
answer-demoted = خُفِّض ظهوره

# reviewed: no
answer-labelled = وُسم

# reviewed: no
answer-interaction-restricted = قُيِّد التفاعل

# reviewed: no
answer-demonetised = أُوقف عائده

# reviewed: no
answer-account-suspended = عُلِّق الحساب

# reviewed: no
answer-account-terminated = أُغلق الحساب

# reviewed: no
answer-already-gone = غير موجود أصلًا

# reviewed: no
answer-removed-by-user = أزاله صاحبه

# reviewed: no
answer-not-found = لم يُعثر عليه

# reviewed: no
answer-not-our-service = ليست خدمتنا

# reviewed: no
answer-no-action = لا إجراء

# reviewed: no
answer-unable-now = غير ممكن الآن

# reviewed: no
answer-preserved = حُفظ

# reviewed: no
answer-restored-after-complaint = أُعيد بعد شكوى

# reviewed: no
answer-restored-after-review = أُعيد بعد مراجعة

# reviewed: no
answer-restored-after-withdrawal = أُعيد بعد السحب

# reviewed: no
answer-none = لا يوجد بعد

# reviewed: no
reason-unsaid = لم يُذكر

# reviewed: no
reason-no-breach = لا مخالفة لشروطنا

# reviewed: no
reason-protected-expression = تعبير محمي

# reviewed: no
reason-news-or-research = أخبار أو بحث

# reviewed: no
reason-counter-speech = خطاب مضاد

# reviewed: no
reason-out-of-scope = خارج النطاق

# reviewed: no
reason-duplicate = سبق النظر فيه

# reviewed: no
reason-other = سبب آخر أو لم يُذكر

# reviewed: no
live-still-up = ما زال موجودًا

# reviewed: no
live-gone-hard = لم يعد موجودًا

# reviewed: no
live-gone-soft = غير موجود بحسب الصفحة

# reviewed: no
live-removed-by-platform = أزالته الخدمة

# reviewed: no
live-removed-by-author = أزاله صاحبه بحسب الخدمة

# reviewed: no
live-account-gone = الحساب غير موجود

# reviewed: no
live-geo-blocked = محجوب في بلد

# reviewed: no
live-wall = خلف حاجز دخول

# reviewed: no
live-replaced = استُبدل

# reviewed: no
live-moved = انتقل

# reviewed: no
live-copy-elsewhere = نسخة في مكان آخر

# reviewed: no
live-host-down = المضيف لا يجيب

# reviewed: no
live-checker-blocked = رُفض فحصنا

# reviewed: no
live-unclear = غير واضح

# reviewed: no
live-none = لم يُفحص بعد

# reviewed: no
exempt-education = تعليم

# reviewed: no
exempt-journalism = صحافة

# reviewed: no
exempt-art = فن

# reviewed: no
exempt-research = بحث

# reviewed: no
exempt-counter-terrorism = مكافحة الإرهاب

# reviewed: no
exempt-public-debate = نقاش عام

# reviewed: no
question-education = تعليمي

# reviewed: no
question-journalism = صحفي

# reviewed: no
question-art = فني

# reviewed: no
question-research = بحثي

# reviewed: no
question-counter-terrorism = يمنع الإرهاب أو يكافحه

# reviewed: no
question-public-debate = آراء في نقاش عام

# reviewed: no
finds-no = لا

# reviewed: no
finds-yes = نعم

# reviewed: no
finds-unsure = غير متأكد

# reviewed: no
listed-unknown = غير معروف

# reviewed: no
exempt-title = هل هو مستثنى؟

# reviewed: no
exempt-article = المادة 1(3)

# reviewed: no
exempt-note = «غير متأكد» يذهب إلى قارئ ثانٍ

# reviewed: no
exempt-why = { $question }: لماذا؟

# reviewed: no
purpose-true = ما غرضه الحقيقي؟

# reviewed: no
purpose-context = في أي سياق ورد؟

# reviewed: no
purpose-listed = هل صاحبه في قائمة الاتحاد؟

# reviewed: no
purpose-editorial = هناك من يتحمل مسؤولية تحريره

# reviewed: no
considered = ما نُظر فيه

# reviewed: no
tile-hold = مخفي. اضغط مطولًا { $key } للعرض

# reviewed: no
tile-hold-this = مخفي. اضغط مطولًا للعرض

# reviewed: no
tile-first = لقطات أولًا، بلا صوت

# reviewed: no
tile-not-kept = لم يُحفظ: لا تطابق

# reviewed: no
tile-limit = بلغت حدّ اليوم. تبقى الوقائع.

# reviewed: no
tile-undecodable = تعذّر فك ترميزه

# reviewed: no
tile-grey = رمادي

# reviewed: no
tile-blur = ضبابي

# reviewed: no
tile-exposure = 
    عُرض عليك اليوم: { $n ->
        [one] مادة واحدة
        [two] مادتان
        [few] { $n } مواد
       *[other] { $n } مادة
    }، { $time }

# reviewed: no
tile-no-script = العرض بالضغط يحتاج برنامج الصفحة. النص والوقائع هنا بدونه.

# reviewed: no
why-threat = قد تكون حياة أحد في خطر

# reviewed: no
why-spreading = 
    انتشار: { $n ->
        [one] نسخة واحدة
        [two] نسختان
        [few] { $n } نسخ
       *[other] { $n } نسخة
    }، أولاها شوهدت قبل { $time }

# reviewed: no
why-fresh = رُفع قبل { $time }

# reviewed: no
why-second-reader = { $name } يطلب قارئًا ثانيًا

# reviewed: no
why-returned = 
    عاد بعد الإزالة بـ{ $n ->
        [one] يوم واحد
        [two] يومين
        [few] { $n } أيام
       *[other] { $n } يومًا
    }

# reviewed: no
why-flagger = مُبلِّغ موثوق طلب النظر

# reviewed: no
why-same = مطابق لمحتوى معروف

# reviewed: no
why-near = 
    تطابق قريب، الفرق { $n ->
        [one] بت واحد
        [two] بتّان
        [few] { $n } بتات
       *[other] { $n } بت
    }

# reviewed: no
why-links = 
    قائمة روابط تذكر { $n ->
        [one] مادة معروفة
        [two] مادتين معروفتين
        [few] { $n } مواد معروفة
       *[other] { $n } مادة معروفة
    }

# reviewed: no
why-term = يحتوي عبارة معروفة

# reviewed: no
why-account = من حساب معروف

# reviewed: no
why-sent-back = أعاده { $name } مع سبب

# reviewed: no
why-put-in = أدخله { $name }

# reviewed: no
why-waiting = الأطول انتظارًا

# reviewed: no
row-seen = شوهد قبل { $time }

# reviewed: no
row-open-with = مفتوح عند { $name }

# reviewed: no
match-digest = الملف نفسه بايتًا ببايت.

# reviewed: no
match-address = العنوان معروف.

# reviewed: no
match-host = المضيف معروف.

# reviewed: no
match-account = الحساب معروف.

# reviewed: no
match-text = النص مطابق لنص معروف.

# reviewed: no
match-term = يحتوي النص على مصطلح من القائمة.

# reviewed: no
match-picture = الصورة قريبة من صورة معروفة.

# reviewed: no
variant-mirrored = وهي معكوسة.

# reviewed: no
variant-turned = وهي مدارة { $n } درجة.

# reviewed: no
variant-mirrored-turned = وهي معكوسة ومدارة { $n } درجة.

# reviewed: no
variant-trimmed = وحولها إطار.

# reviewed: no
match-giver = من { $name }

# reviewed: no
match-unjudged = لم يحكم عليه أحد بعد

# reviewed: no
match-opinions = الآراء: { $for } مع و{ $against } ضد

# reviewed: no
match-negative = بنك سلبي: معروف كخبر أو بحث أو شبيه.

# reviewed: no
match-exact = مطابقة تامة

# reviewed: no
match-distance = الفرق { $found }، الحد { $limit }، من { $of } بت

# reviewed: no
match-distance-short = { $found }، الحد { $limit }

# reviewed: no
ledger-record = سجل رقم { $n }

# reviewed: no
finding-stop = توقف:

# reviewed: no
finding-ask = سؤال:

# reviewed: no
findings-passed = { $n ->
        [one] فحص واحد سليم
        [two] فحصان سليمان
        [few] { $n } فحوص سليمة
       *[other] { $n } فحصًا سليمًا
    }

# reviewed: no
findings-count = { $stop } يوقف، { $ask } يسأل، { $pass } سليم

# reviewed: no
drop-choose = اختر ملفات

# reviewed: no
drop-here = أو ضعها هنا

# reviewed: no
drop-format = الصيغة

# reviewed: no
drop-go = اقرأ هذه الملفات

# reviewed: no
drop-progress = التقدم

# reviewed: no
drop-sending = يُرسل

# reviewed: no
drop-failed = لم يُرسل. لم يُقرأ شيء، اختر الملفات مجددًا.

# reviewed: no
aside-title = نُحّيت، { $n }

# reviewed: no
aside-csv = احفظ القائمة كلها بصيغة CSV

# reviewed: no
aside-where = الموضع

# reviewed: no
aside-why = السبب

# reviewed: no
letter-title = إحالة للنظر

# reviewed: no
letter-from = من

# reviewed: no
letter-to = إلى

# reviewed: no
letter-reference = رقم المرسِل

# reviewed: no
letter-written = كُتبت

# reviewed: no
letter-acting = بصفة

# reviewed: no
letter-posted = نُشر

# reviewed: no
letter-more = { $n } أخرى في القائمة المرفقة

# reviewed: no
letter-why = لماذا نراه مهمًا.

# reviewed: no
letter-article = اللائحة (الاتحاد الأوروبي) 2021/784، المادة 2(7).

# reviewed: no
letter-considered = ما نظرنا فيه.

# reviewed: no
letter-optional = جوابكم مرحب به وهو اختياري.

# reviewed: no
letter-answer = يمكنكم الجواب عن كل مادة، وبـ«لا إجراء» أيضًا. إن أخطأنا فأخبرونا، ونخبر كل من تسلّم هذه الرسالة.

# reviewed: no
letter-signed = موقّعة بالمفتاح

# reviewed: no
why-proposed = اقترحته خطة

# reviewed: no
letter-grounds = 
    { $n ->
        [one] تستند إلى محتوى واحد قُيّم فيه:
       *[other] تستند إلى { $n } من المحتويات التي قُيّمت فيه:
    }

# reviewed: no
letter-proportionality = لماذا كله:

# reviewed: no
export-svg = حفظ بصيغة SVG

# reviewed: no
export-png = حفظ بصيغة PNG

# reviewed: no
variant-inset = وهي داخل الصورة.

# reviewed: no
variant-cut = وهي مقصوصة من الجوانب.

# reviewed: no
why-address = فيه عنوان معروف
