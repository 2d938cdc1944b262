### Queue, approve, sent, subject, search.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: no
queue-question = ما التالي؟

# reviewed: no
queue-search = الرقم أو اللغة أو النوع أو الخدمة

# reviewed: no
lane-threat = تهديد للحياة

# reviewed: no
lane-threat-none = لا شيء ينتظر

# reviewed: no
lane-assess = للتقييم

# reviewed: no
lane-by-urgency = حسب الاستعجال

# reviewed: no
queue-last = لا شيء ينتظر بعده.

# reviewed: no
queue-more = أول { $n } من { $of }. يجد البحث أعلاه ما سواها.

# reviewed: no
queue-more-found = أول { $n } مما وُجد. حدّد البحث أكثر.

# reviewed: no
queue-choose = اختر مجموعة.

# reviewed: no
queue-choose-how = الصف الأول هو الأعجل. فتحه يبقيه لديك عشر دقائق.

# reviewed: no
queue-cluster-is = المجموعة هي المحتوى نفسه في عدة مواضع.

# reviewed: no
queue-empty = القائمة فارغة.

# reviewed: no
queue-no-hit = لا شيء في القائمة يطابق «{ $text }».

# reviewed: no
queue-show-all = أظهر القائمة كلها

# reviewed: no
queue-read = { $n ->
        [one] قُرئ مصدر واحد
        [two] قُرئ مصدران
        [few] قُرئت { $n } مصادر
       *[other] قُرئ { $n } مصدرًا
    } في { $time }.

# reviewed: no
queue-next = والتالي في { $time }.

# reviewed: no
queue-no-source = لا مصدر معدّ. ضع ملفًا لتبدأ.

# reviewed: no
queue-proposed = وافق { $name } على هذا الحكم للمحتوى نفسه. أكّد سياق كل مادة أدناه.

# reviewed: no
copies-on = { $n ->
        [one] نسخة واحدة
        [two] نسختان
        [few] { $n } نسخ
       *[other] { $n } نسخة
    } على { $services }

# reviewed: no
services-on = { $n ->
        [one] خدمة واحدة
        [two] خدمتين
        [few] { $n } خدمات
       *[other] { $n } خدمة
    }

# reviewed: no
state-to-assess = للتقييم، لديك منذ

# reviewed: no
state-first-seen = أول رصد

# reviewed: no
fact-address = العنوان

# reviewed: no
fact-account = الحساب

# reviewed: no
fact-open-to = متاح لـ

# reviewed: no
audience-open = الجميع

# reviewed: no
audience-auto-join = كل من ينضم

# reviewed: no
audience-human-admitted = من يقبله شخص

# reviewed: no
audience-private = دائرة خاصة

# reviewed: no
audience-unsure = غير مؤكد

# reviewed: no
urgency-question = ما درجة الاستعجال؟

# reviewed: no
urgency-normal = في دوره

# reviewed: no
urgency-spreading = ينتشر

# reviewed: no
urgency-threat = تهديد للحياة

# reviewed: no
context-title = السياق

# reviewed: no
context-note = سياق هذه المواد لا المحتوى

# reviewed: no
items-title = 
    { $n ->
        [one] هل يشمل هذه المادة؟
        [two] أي المادتين يشمل؟
        [few] أيًّا من { $n } مواد يشمل؟
       *[other] أيًّا من { $n } مادة يشمل؟
    }

# reviewed: no
items-note = أزل علامة ما يختلف، وما ينضم لاحقًا لا يُرسل

# reviewed: no
items-apart = ما لم يُحدد يختلف فيمن يراه أو أُخرج: يعود إلى القائمة ليُقرَّر على حدة.

# reviewed: no
items-decided = { $n ->
    [zero] لم يُقرَّر شيء من قبل.
    [one] مادة واحدة قُرِّرت من قبل ولا تُعرض.
    [two] مادتان قُرِّرتا من قبل ولا تُعرضان.
    [few] { $n } مواد قُرِّرت من قبل ولا تُعرض.
    [many] { $n } مادة قُرِّرت من قبل ولا تُعرض.
   *[other] { $n } مادة قُرِّرت من قبل ولا تُعرض.
}

# reviewed: no
evidence-first = شوهد أولًا

# reviewed: no
evidence-bytes = الملف نفسه

# reviewed: no
evidence-picture = صورة تشبهها: الفرق { $n } بت من { $of }

# reviewed: no
evidence-text = النص نفسه

# reviewed: no
evidence-address = العنوان نفسه

# reviewed: no
evidence-by-hand = وضعه هنا شخص

# reviewed: no
evidence-places = الصورة نفسها بعد تعديلها: تتطابق { $n } نقطة

# reviewed: no
evidence-quoted = كلماته واردة في هذا النص: { $n } ٪ منه

# reviewed: no
evidence-part = جزء من النص نفسه: { $n } ٪ منه

# reviewed: no
evidence-link = الرابط نفسه

# reviewed: no
copy-region = يبيّن الجزء المعلَّم موضع الصورة الأولى في هذه الصورة

# reviewed: no
copy-bordered = لها إطار

# reviewed: no
copy-in-page = داخل صفحة

# reviewed: no
copy-cut = مقصوصة من الجوانب

# reviewed: no
copy-mirrored = معكوسة

# reviewed: no
copy-turned = مدارة

# reviewed: no
item-protected = قد يكون المضيف لناشر: صحافة أو أرشيف أو مكتبة أو جامعة. ما يُخبر أو يُعلّم أو يدرس مستثنى. يُحدَّد باليد فقط.

# reviewed: no
item-publisher = الناشر إن وُجد

# reviewed: no
why-title = سبب وجوده هنا

# reviewed: no
why-note = سبب للنظر لا قرار

# reviewed: no
why-nothing = لا شيء يطابق الآن: أدخله شخص، أو سُحب ما كان يطابق.

# reviewed: no
before-title = قرارات سابقة

# reviewed: no
before-none = لا شيء بعد عن هذا المحتوى.

# reviewed: no
asked-title = جهات سُئلت

# reviewed: no
asked-not-yet = لا اعتراض معروف من الآخرين.

# reviewed: no
spread-title = الانتشار

# reviewed: no
spread-unit = نسخ في الساعة

# reviewed: no
spread-last = تبدأ الساعة الأخيرة

# reviewed: no
spread-by = تُحسب النسخة بحسب وقت نشرها، وإن لم يُعرف فبحسب وقت رؤيتها أول مرة.

# reviewed: no
provider-title = المزوّد

# reviewed: no
provider-name = الاسم

# reviewed: no
provider-zone = منطقتهم

# reviewed: no
provider-reads = لغاتهم

# reviewed: no
provider-open = مفتوح

# reviewed: no
provider-others = مزوّدون آخرون

# reviewed: no
decide-label = القرار

# reviewed: no
queue-returned = أُعيد:

# reviewed: no
decide-not = ليس محتوى إرهابيًا

# reviewed: no
decide-exempt = مستثنى

# reviewed: no
decide-second = قارئ ثانٍ

# reviewed: no
decide-later = لاحقًا

# reviewed: no
decide-pass = مرّرها، بلا سؤال

# reviewed: no
decide-save = احفظ: إحالة

# reviewed: no
decide-save-exempt = احفظ كمستثنى

# reviewed: no
missing-one = جواب ناقص

# reviewed: no
missing-some = أجوبة ناقصة

# reviewed: no
short-one = جواب قصير جدا

# reviewed: no
short-some = أجوبة قصيرة جدا

# reviewed: no
approve-question = هل توافق؟

# reviewed: no
approve-empty = لا رسالة بانتظارك.

# reviewed: no
waits-for-another = بانتظار شخص آخر

# reviewed: no
approve-empty-next = ما قيّمته بنفسك ينتظر شخصًا آخر.

# reviewed: no
approve-letter = الرسالة

# reviewed: no
approve-side = التقييم والملاحظات

# reviewed: no
approve-as-seen = كما سيراها { $name }، باللغة { $language }

# reviewed: no
decisions-waiting = { $n ->
        [one] قرار واحد ينتظر
        [two] قراران ينتظران
        [few] { $n } قرارات تنتظر
       *[other] { $n } قرارًا ينتظر
    }

# reviewed: no
wait-for-you = { $n ->
        [one] واحدة بانتظارك
        [two] اثنتان بانتظارك
        [few] { $n } بانتظارك
       *[other] { $n } بانتظارك
    }

# reviewed: no
approve-author = قيّمه

# reviewed: no
approve-second = القارئ الثاني

# reviewed: no
approve-content = المحتوى

# reviewed: no
approve-hold = اضغط مطولًا للعرض

# reviewed: no
approve-subject = الموضوع

# reviewed: no
approve-subject-open = ما حدث له

# reviewed: no
approve-checked = فحوص قبل الإرسال

# reviewed: no
approve-others = تنتظر أيضًا

# reviewed: no
approve-return = أعِد مع سبب

# reviewed: no
approve-return-why = لماذا لا توافق؟

# reviewed: no
approve-return-go = أعِدها

# reviewed: no
approve-own = أنت كتبت هذا التقييم. يجب أن يوافق شخص آخر.

# reviewed: no
approve-stopped = قاعدة توقفه. أعِده مع سبب.

# reviewed: no
approve-undo = يمكنك سحبها في أي وقت من صفحة المُرسَل.

# reviewed: no
approve-go = 
    أوافق، أرسل { $n ->
        [one] مادة واحدة
        [two] مادتين
        [few] { $n } مواد
       *[other] { $n } مادة
    }

# reviewed: no
approve-go-third = 
    { $third ->
        [one] أوافق: مادة واحدة من { $n } تنتظر شخصًا ثالثًا
        [two] أوافق: مادتان من { $n } تنتظران شخصًا ثالثًا
        [few] أوافق: { $third } مواد من { $n } تنتظر شخصًا ثالثًا
       *[other] أوافق: { $third } مادة من { $n } تنتظر شخصًا ثالثًا
    }

# reviewed: no
sent-question = ما المفتوح، ومن عليه ماذا؟

# reviewed: no
lane-referrals = الإحالات

# reviewed: no
lane-referrals-note = طوعية، بلا مهلة

# reviewed: no
lane-orders = أوامر الإزالة

# reviewed: no
lane-orders-none = لا يوجد، تُعدّ منفصلة

# reviewed: no
sent-search = المزوّد أو المضيف أو الرقم

# reviewed: no
sent-groups = ما ينتظر ومن ينتظره

# reviewed: no
sent-group-all = الكل

# reviewed: no
sent-group-held = محجوز

# reviewed: no
sent-group-open = بلا رد بعد

# reviewed: no
sent-group-ended = منتهٍ

# reviewed: no
sent-older = اعرض الأقدم

# reviewed: no
sent-none = لم يُرسل شيء بعد.

# reviewed: no
sent-shown = عُرض { $shown } من { $all }، الأحدث أولًا

# reviewed: no
sent-choose = اختر إحالة.

# reviewed: no
sent-choose-how = تُفتح أجوبتها وفحوصها ورسالتها بجانب القائمة.

# reviewed: no
sent-final = أُجيب عن { $n } من { $all }

# reviewed: no
sent-waiting = ينتظر الإرسال

# reviewed: no
sent-received = وصل الإيصال

# reviewed: no
sent-delivered = سُلّم بالبريد

# reviewed: no
sent-answered = أُجيب عنها

# reviewed: no
sent-asks = يسألنا

# reviewed: no
sent-withdrawn = سُحبت

# reviewed: no
sent-no-answer = لا جواب، ولا يلزم

# reviewed: no
sent-closed = أُغلقت

# reviewed: no
sent-review = قيد النظر

# reviewed: no
sent-failed = لم تُرسل، نعيد المحاولة

# reviewed: no
sent-items = المواد

# reviewed: no
sent-items-note = الأجوبة لكل مادة

# reviewed: no
item-answer = الجواب

# reviewed: no
item-live = آخر فحص

# reviewed: no
item-elsewhere = عاد على

# reviewed: no
sent-letter = الرسالة

# reviewed: no
sent-letter-open = اقرأ الرسالة كما أُرسلت

# reviewed: no
sent-letter-draft = اقرأ الرسالة كما ستُرسل

# reviewed: no
happened = ما حدث

# reviewed: no
referral-made = أكده شخص ثانٍ

# reviewed: no
sent-question-title = يسألون

# reviewed: no
sent-reply = جوابك

# reviewed: no
sent-reply-go = أرسل هذا الجواب

# reviewed: no
sent-receivers = من تسلّمها

# reviewed: no
withdrawal-acknowledged = أكّد السحب

# reviewed: no
withdrawal-open = لم يؤكد السحب بعد

# reviewed: no
withdraw = اسحب

# reviewed: no
withdraw-told = { $n ->
        [one] تُبلَّغ فورًا جهة تسلّمتها.
        [two] تُبلَّغ فورًا جهتان تسلّمتاها.
        [few] تُبلَّغ فورًا { $n } جهات تسلّمتها.
       *[other] تُبلَّغ فورًا { $n } جهة تسلّمتها.
    } لا تراجع عنه.

# reviewed: no
withdraw-why = بكلماتك؛ يقرؤها كل من تلقاها

# reviewed: no
withdraw-go = اسحب وأبلغ { $n }

# reviewed: no
recheck-now = افحص الآن

# reviewed: no
sent-no-deadline = لا مهلة للإحالة.

# reviewed: no
subject-page = الموضوع

# reviewed: no
subject-queue = مجموعته في القائمة

# reviewed: no
subject-documents = الوثائق

# reviewed: no
subject-documents-none = لم يُرسل أو يُستلم شيء بعد.

# reviewed: no
subject-elsewhere = المحتوى نفسه في مواضع أخرى

# reviewed: no
subject-elsewhere-none = لا مكان آخر نعرفه.

# reviewed: no
subject-lineage = من أين جاء

# reviewed: no
subject-lineage-none = لا تحويل ولا رد ولا رابط معروف.

# reviewed: no
subject-original = كما وُجد

# reviewed: no
subject-seal = الختم

# reviewed: no
hold-set = اطلب من الآخرين الانتظار

# reviewed: no
hold-answer = ما تطلبه

# reviewed: no
hold-wait = علّقه

# reviewed: no
hold-until-field = حتى، بتوقيتك

# reviewed: no
hold-go = سجّل التعليق

# reviewed: no
search-question = هل رأينا هذا؟

# reviewed: no
search-label = رابط أو معرّف أو نص

# reviewed: no
search-picture = أو صورة

# reviewed: no
search-reason = لماذا تبحث؟ يُسجَّل ذلك.

# reviewed: no
search-go = ابحث

# reviewed: no
search-found = ما وُجد

# reviewed: no
search-none = لم نره من قبل.

# reviewed: no
search-none-next = لا مطابق ولا قريب. يمكنك إدخاله.

# reviewed: no
search-same = المطابق

# reviewed: no
search-to-assess = بانتظار التقييم

# reviewed: no
search-pictures = صور تشبهها

# reviewed: no
search-account = من هذا الحساب

# reviewed: no
search-host = على هذا المضيف

# reviewed: no
search-words = بهذه الكلمات

# reviewed: no
search-first-seen = شوهد أول مرة

# reviewed: no
search-similar = المجموعات التي تضم ما عُثر عليه

# reviewed: no
queue-this-item = هذه المادة

# reviewed: no
queue-provider = المزوّد الذي يتلقى الرسالة

# reviewed: no
queue-provider-note = المادة الأولى

# reviewed: no
provider-left = { $n ->
        [one] خدمة أخرى في قائمة المواد
        [two] خدمتان أخريان في قائمة المواد
        [few] { $n } خدمات أخرى في قائمة المواد
       *[other] { $n } خدمة أخرى في قائمة المواد
    }

# reviewed: no
spread-before = { $n ->
        [one] نسخة قبلها
        [two] نسختان قبلها
        [few] { $n } نسخ قبلها
       *[other] { $n } نسخة قبلها
    }

# reviewed: no
subject-elsewhere-left = { $n ->
        [one] واحدة أخرى في مجموعتها
        [two] اثنتان أخريان في مجموعتها
        [few] { $n } أخرى في مجموعتها
       *[other] { $n } أخرى في مجموعتها
    }

# reviewed: no
why-others = لماذا مواد أخرى من مجموعتها هنا

# reviewed: no
why-nothing-here = لم يطابق شيء هذه المادة نفسها؛ هي في مجموعة مع ما طابق.

# reviewed: no
withdraw-cause = ما الخطأ

# reviewed: no
withdraw-example = مثلًا: العنوان الثاني يخص ملفًا آخر.

# reviewed: no
cause-wrong-item = كانت المقصودة مادة أخرى

# reviewed: no
cause-wrong-assessment = كان التقييم خاطئًا

# reviewed: no
cause-protected-expression = تعبير محمي

# reviewed: no
cause-duplicate = أُرسلت من قبل

# reviewed: no
cause-sent-in-error = ما كان ينبغي أن تخرج

# reviewed: no
cause-court = حكم قضائي

# reviewed: no
cause-other = شيء آخر

# reviewed: no
odd-hidden = حرف لا يظهر

# reviewed: no
odd-look-alike = حرف يشبه حرفًا آخر

# reviewed: no
odd-note = داخل الإطار: حروف تشبه غيرها، وأرقام حروف لا تظهر.

# reviewed: no
hold-ours = منّا:

# reviewed: no
hold-set-by = طلبه { $name }، { $at }

# reviewed: no
hold-lift = رفع التعليق

# reviewed: no
hold-default = إن تُرك فارغًا: { $n } ساعة، وهي أطول مدة للتعليق.

# reviewed: no
whole-grounds = محتواه الذي قُيّم ووُوفق عليه

# reviewed: no
whole-least = استشهد بما لا يقل عن { $n }

# reviewed: no
whole-few = لا يمكن إحالته بعد: وُوفق على { $n } من { $least } تقييمات. قيّم مزيدًا من محتواه أولًا.

# reviewed: no
whole-no-rank = اقترحته خطة. مرتبته ليست سببًا وليست في الرسالة؛ المهم ما تكتبه هنا.

# reviewed: no
whole-why = لماذا كله

# reviewed: no
whole-why-note = وليس ذلك المحتوى فقط

# reviewed: no
whole-reason = لماذا لا تكفي إحالة ذلك المحتوى وحده، وماذا يوجد فيه غير ذلك

# reviewed: no
whole-address = عنوان صفحته حيث يجده مزوّده

# reviewed: no
whole-decided = القرار
