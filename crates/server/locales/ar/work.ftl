### What people do with the work of others: second reader, contests, conflicts, mappings, meanings of figures.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: no
approve-words = نص المحتوى

# reviewed: no
approve-yours = تقييمك، ينتظر شخصا آخر

# reviewed: no
approve-stopped-some = { $n ->
        [one] مادة واحدة أوقفتها قاعدة.
        [two] مادتان أوقفتهما قاعدة.
        [few] { $n } مواد أوقفتها قاعدة.
       *[other] { $n } مادة أوقفتها قاعدة.
    }

# reviewed: no
asked-clear = لا اعتراض من أحد

# reviewed: no
reading-title = مطلوب قارئ ثان

# reviewed: no
reading-note = قبل أن يوافق أحد

# reviewed: no
reading-asked = يريد الكاتب نظرة أخرى ولم يحدد سؤالا.

# reviewed: no
reading-own = أنت كتبت هذا. يقرؤه شخص آخر.

# reviewed: no
reading-no = لا استثناء: يمكن أن ينتقل إلى الموافقة

# reviewed: no
reading-yes = مستثنى: لا يرسل شيء

# reviewed: no
reading-unsure = أشك أيضا: لا يرسل شيء

# reviewed: no
reading-text = أسبابك أنت، من 10 إلى 1000 حرف

# reviewed: no
reading-go = احفظ قراءتي

# reviewed: no
reading-first = يجيب قارئ ثان أولا، ثم تمكن الموافقة.

# reviewed: no
preflight-again = قبل الإرسال مباشرة يفحص العنوان ويختم الأصل ويعاد كل هذا الفحص.

# reviewed: no
pass-hold = لا تطلب أي جهة أخرى الانتظار.

# reviewed: no
pass-item = كل عنوان مادة واحدة وليس صفحة قائمة.

# reviewed: no
pass-once = لم يرسل شيء من هذا إلى هذا المزوّد من قبل.

# reviewed: no
pass-contact = نقطة الاتصال معروفة.

# reviewed: no
pass-host = لا تظهر على الموقع علامة صحافة أو أرشيف أو مكتبة أو تعليم.

# reviewed: no
pass-known = سبق أن استلم المزوّد منا.

# reviewed: no
step-up-approve = أنت على وشك الموافقة. بعد الرمز تعود إلى الرسالة، فاضغط «a» لإرسالها.

# reviewed: no
step-up-other = بعد الرمز تعود إلى حيث كنت.

# reviewed: no
sent-held = موقوف بفحوص ما قبل الإرسال

# reviewed: no
sent-held-again = افحص مرة أخرى

# reviewed: no
sent-held-provider = افتح المزود

# reviewed: no
sent-held-mended = هل عولج ما أوقفها؟ يُدخل منسق عنوان المزوّد أو يغيّره في صفحته.

# reviewed: no
sent-checking = يجري الفحص. أعد تحميل الصفحة بعد لحظة.

# reviewed: no
sent-noted = ما لوحظ قبل الإرسال

# reviewed: no
sent-way = عبر

# reviewed: no
sent-question-none = يطلبون معلومات دون أن يكتبوا شيئا معها.

# reviewed: no
look-why = نظرت في الأمر. لماذا يجوز إرسالها؟ يحفظ السبب.

# reviewed: no
look-go = اسمح بالإرسال

# reviewed: no
look-other = ينظر في هذا منسّق لم يقيّمها ولم يؤكدها.

# reviewed: no
contests-title = الاعتراضات

# reviewed: no
contests-open = { $n ->
        [one] { $n } ينتظر
        [two] { $n } ينتظران
        [few] { $n } تنتظر
       *[other] { $n } تنتظر
    }

# reviewed: no
contests-go = إلى الاعتراضات

# reviewed: no
contests-question = من يقول إننا أخطأنا؟

# reviewed: no
contests-note = يقرر شخص ثالث: ليس من قيّم الإحالة ولا من أكدها.

# reviewed: no
contests-none = لا يعترض أحد على إحالة.

# reviewed: no
contests-none-next = من لديه مرجع إحالة يمكنه الاعتراض عليها في الصفحة العامة.

# reviewed: no
contests-referral = افتح الإحالة

# reviewed: no
contests-withdraw = الإحالة ما زالت قائمة. اسحبها هناك.

# reviewed: no
contests-own = أنت قيّمتها أو أكدتها. يقرر شخص آخر.

# reviewed: no
contests-coordinator = يقرر منسّق.

# reviewed: no
contests-why = لماذا هذا القرار؟ يحفظ السبب.

# reviewed: no
contests-uphold = هم على حق

# reviewed: no
contests-refuse = الإحالة كانت صحيحة

# reviewed: no
contest-waits = ينتظر قرارا

# reviewed: no
contest-upheld = كانوا على حق

# reviewed: no
contest-refused = كانت الإحالة صحيحة

# reviewed: no
message-referral = إحالة

# reviewed: no
message-outcome = جواب

# reviewed: no
message-information = معلومات

# reviewed: no
message-reminder = تذكير

# reviewed: no
message-withdrawal = سحب

# reviewed: no
message-correction = تصحيح

# reviewed: no
message-contest = اعتراض

# reviewed: no
message-to = { $what }: أرسل إلى { $name }

# reviewed: no
message-from = { $what }: ورد من { $name }

# reviewed: no
message-receipted = وصل الإيصال

# reviewed: no
said-read-clear = حفظ. تمكن الموافقة الآن.

# reviewed: no
said-read-blocked = حُفظ. لا يُرسل شيء، وينتظر كاتبه في القائمة.

# reviewed: no
said-recheck = تفحص المواد مجددا خلال الدقائق القادمة.

# reviewed: no
said-looked = حفظ. ترسل إن لم يوقفها شيء آخر.

# reviewed: no
said-undone = أُلغي. عاد إلى قائمة الانتظار.

# reviewed: no
said-decided = تم القرار.

# reviewed: no
rule-conflict = تغير بينما كان مفتوحا عندك. تعرض النسختان ولم يستبدل شيء.

# reviewed: no
rule-leased = هو مفتوح عند شخص آخر. يتحرر عندما يحفظ أو بعد عشر دقائق.

# reviewed: no
rule-undo-over = لا يلغى إلا قرارك الأخير، ما دام لم يقرأه أو يؤكده غيرك.

# reviewed: no
rule-not-sent = لا يفحص مجددا إلا ما أرسل وما زال قائما.

# reviewed: no
event-reopened = عاد إلى قائمة الانتظار

# reviewed: no
event-recheck-asked = طلب فحص

# reviewed: no
conflict-state = حاله

# reviewed: no
conflict-open = مفتوح عندك

# reviewed: no
queued-open = بانتظار التقييم، تغير منذ فتحته

# reviewed: no
queued-deferred = مؤجل

# reviewed: no
queued-awaits-reader = ينتظر قارئا ثانيا

# reviewed: no
queued-awaits-approval = ينتظر شخصا ثانيا

# reviewed: no
queued-decided = تقرر

# reviewed: no
queued-left = لم يعد في القائمة

# reviewed: no
queue-read-only = يمكنك القراءة. القرار ليس عندك.

# reviewed: no
decided-refer = إحالة

# reviewed: no
item-barred = لا يمكن شموله الآن

# reviewed: no
inbox-you = أنت

# reviewed: no
inbox-they = المرسل

# reviewed: no
means-title = ما تعده الأرقام

# reviewed: no
means-seen = المواد التي انضمت إلى مجموعة في هذا الفضاء؛ وفي العملية ما كان خلال مدتها، كما في تقريرها.

# reviewed: no
means-assessed = القرارات التي حُفظت ولم تُسحب. وتُحسب كل مجموعة مرة واحدة بأحدث قرار فيها.

# reviewed: no
means-referred = المواد في الرسائل التي أُرسلت، ومنها ما سُحب لاحقًا؛ والمادة المرسلة إلى مزوّدين اثنين تُحسب مرتين. وفي العملية رسائل مدتها.

# reviewed: no
means-answered = منها ما له رد نهائي حتى الآن؛ و«لا إجراء» رد نهائي.

# reviewed: no
means-services = النطاق المسجل لكل مادة أحيلت.

# reviewed: no
means-languages = اللغة التي عرفت عند أول رؤية للمادة.

# reviewed: no
means-hold = مواد تطلب الوحدة من غيرها تركها الآن.

# reviewed: no
means-pace = القرارات المحفوظة والأجوبة النهائية في كل خمس دقائق خلال الساعات الست حتى آخرها؛ الأوقات بتوقيت UTC.

# reviewed: no
wall-others = { $n ->
        [one] { $n } آخر
        [two] { $n } آخران
        [few] { $n } أخرى
       *[other] { $n } أخرى
    }

# reviewed: no
wall-nothing = لا شيء بعد.

# reviewed: no
contact-mail = البريد الإلكتروني

# reviewed: no
contact-none = لا طريقة معروفة

# reviewed: no
match-signals = { $n ->
        [one] إشارة واحدة ({ $n })
        [two] إشارتان ({ $n })
        [few] { $n } إشارات
       *[other] { $n } إشارة
    }

# reviewed: no
approve-several = { $n ->
        [one] مزوّد واحد ({ $n })، رسالته الخاصة
        [two] مزوّدين ({ $n })، لكل منهما رسالة بمواده
        [few] { $n } مزوّدين، لكل منهم رسالة بمواده
       *[other] { $n } مزوّدا، لكل منهم رسالة بمواده
    }

# reviewed: no
capacity-referral-unit = وحدة إحالة

# reviewed: no
capacity-eu-agency = وكالة تابعة للاتحاد

# reviewed: no
capacity-trusted-flagger = مُبلِّغ موثوق

# reviewed: no
basis-of-terms = وفق شروط المزوّد نفسه

# reviewed: no
edge-posted = نشره

# reviewed: no
edge-in-channel = في

# reviewed: no
edge-forwarded-from = محوّل من

# reviewed: no
edge-mentions = يذكر

# reviewed: no
edge-links-to = يشير إلى

# reviewed: no
edge-tagged = موسوم بـ

# reviewed: no
mapping-discard = لا تقرأ هذا الملف

# reviewed: no
mapping-kept = المطابقات المحفوظة

# reviewed: no
mapping-kept-note = يقرأ الملف ذو الأعمدة نفسها بمطابقته دون سؤال.

# reviewed: no
mapping-forget = انسها

# reviewed: no
meaning-none = لا شيء، اتركه

# reviewed: no
meaning-url = عنوان المادة

# reviewed: no
meaning-text = نص المادة

# reviewed: no
meaning-author = معرّف الناشر

# reviewed: no
meaning-author-name = اسم الناشر

# reviewed: no
meaning-time = وقت النشر

# reviewed: no
meaning-id = رقم المصدر نفسه

# reviewed: no
meaning-service = نطاق الخدمة

# reviewed: no
meaning-language = اللغة

# reviewed: no
meaning-channel = مجموعة أو قناة أو صفحة

# reviewed: no
meaning-kind = منشور أو فيديو أو صورة أو صوت أو مستند

# reviewed: no
meaning-media-url = عنوان ملف

# reviewed: no
meaning-media-path = اسم ملف بجانب القائمة

# reviewed: no
meaning-sha256 = بصمة SHA-256 لملف

# reviewed: no
meaning-pdq = بصمة PDQ لصورة

# reviewed: no
meaning-quality = جودة PDQ من 0 إلى 100

# reviewed: no
meaning-views = المشاهدات أو المشاركات

# reviewed: no
meaning-links = عناوين في النص

# reviewed: no
meaning-hashtags = وسوم

# reviewed: no
meaning-mentions = حسابات مذكورة

# reviewed: no
meaning-audience = من يمكنه رؤيته

# reviewed: no
approve-purpose = الغرض الحقيقي

# reviewed: no
queue-put-off = المؤجل

# reviewed: no
sent-looked = سمح بها { $name }: «{ $why }»

# reviewed: no
sent-withdrawn-by = سحبها { $name }

# reviewed: no
inbox-restored = أُعيد

# reviewed: no
inbox-not-restored = يبقى كما هو

# reviewed: no
sent-awaits-look = بانتظار شخص ثالث

# reviewed: no
sent-stopped = ما يوقفها

# reviewed: no
sent-stopped-note = لا تخرج حتى يُصلح هذا

# reviewed: no
sent-asked-note = يمكن أن تخرج إذا ذكر شخص ثالث السبب

# reviewed: no
look-after = يُنظر في هذا بعد أن يزول كل ما يوقفها.

# reviewed: no
asked-look-again = طُلبت إعادة النظر

# reviewed: no
asked-look-again-what = يرى المزوّد أنها خطأ ويطلب منكم إعادة النظر. أجيبوه أو اسحبوا الإحالة.

# reviewed: no
counted-observed = مواد لوحظت

# reviewed: no
counted-duplicates = معروفة من قبل

# reviewed: no
counted-set-aside = وُضعت جانبًا

# reviewed: no
counted-refused = رُفضت لأنها خاصة

# reviewed: no
counted-unique = مواد مختلفة

# reviewed: no
counted-clusters = مجموعات

# reviewed: no
counted-matched = مطابَقة

# reviewed: no
counted-reappeared = عادت إلى الظهور

# reviewed: no
counted-assessments = تقييمات

# reviewed: no
counted-assessed = مُقيَّمة

# reviewed: no
counted-identical-texts = نصوص متطابقة

# reviewed: no
counted-approved = أكّدها شخص ثانٍ

# reviewed: no
counted-held-back = محتجزة

# reviewed: no
counted-referrals = إحالات

# reviewed: no
counted-referred = مُحالة

# reviewed: no
counted-received = مُستلَمة

# reviewed: no
counted-answered = أُجيب عنها

# reviewed: no
counted-removed = أزالها المزوّد

# reviewed: no
counted-no-action = بلا إجراء

# reviewed: no
counted-needs-information = أسئلة مقابلة

# reviewed: no
counted-unanswered = بلا جواب نهائي

# reviewed: no
counted-withdrawn = مسحوبة

# reviewed: no
counted-overturned = منقوضة

# reviewed: no
counted-reviewed = أُعيد النظر فيها

# reviewed: no
counted-standing = قائمة

# reviewed: no
counted-gone = شوهدت غائبة

# reviewed: no
counted-duplicates-sent = أُرسلت مرتين

# reviewed: no
counted-without-second-person = أُرسلت بلا شخص ثانٍ

# reviewed: no
counted-precision-after-review = صحيحة بعد المراجعة

# reviewed: no
counted-to-receipt = المدة حتى الإيصال

# reviewed: no
counted-to-answer = المدة حتى الجواب

# reviewed: no
counted-service = الخدمة

# reviewed: no
counted-language = اللغة

# reviewed: no
counted-kind = نوع الموضوع

# reviewed: no
counted-agency = الجهة

# reviewed: no
counted-hour = الساعة (UTC)

# reviewed: no
counted-kind-item = مادة

# reviewed: no
report-all-zero = لم يُحسب شيء في هذه الفترة. والعمل في عملية مشتركة يُحسب في تقرير العملية.
