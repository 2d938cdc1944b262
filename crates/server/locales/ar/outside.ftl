### The inbox of a provider and the public page.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: no
inbox-question = ماذا يطلبون مني؟

# reviewed: no
lane-notices = الإشعارات

# reviewed: no
lane-notices-note = المادة 16، قرار دون تأخير بلا مبرر

# reviewed: no
inbox-none = لا شيء مطلوب منكم.

# reviewed: no
inbox-choose = اختر رسالة.

# reviewed: no
inbox-choose-how = تُفتح بجانب القائمة، بلغتكم إن وُجدت.

# reviewed: no
inbox-bulk = جواب واحد عن عدة رسائل

# reviewed: no
inbox-bulk-note = يسري على ما ينتظر في الرسائل التي تحددها، لا غير

# reviewed: no
inbox-bulk-answer = جواب عن الرسائل المحددة

# reviewed: no
inbox-withdrawn = سحبها المرسل

# reviewed: no
inbox-withdrawn-what = لم يعد مطلوبًا منكم شيء.

# reviewed: no
inbox-withdrawn-acted = اتخذتم إجراءً قبل أن تُسحب الإحالة. تبقى هنا في الانتظار إلى أن تقولوا إن المحتوى أُعيد، أو إنه يبقى كما هو لأسباب تخصكم.

# reviewed: no
inbox-open-why = الفتح يؤكد للمرسل تسلّمكم ولا يلزمكم بشيء.

# reviewed: no
inbox-open-go = أكّد التسلّم واقرأ

# reviewed: no
inbox-from = من

# reviewed: no
signature-verified = التوقيع صحيح

# reviewed: no
signature-none = لم يُتحقق من التوقيع

# reviewed: no
inbox-kind = النوع:

# reviewed: no
inbox-choose-items = اختيار

# reviewed: no
inbox-item = المادة { $n }

# reviewed: no
inbox-your-answer = جوابكم

# reviewed: no
inbox-answer = جواب عن المواد المحددة

# reviewed: no
inbox-reason = لماذا؟ لا يلزم القول.

# reviewed: no
inbox-basis = على أي أساس؟ لا يلزم القول.

# reviewed: no
basis-unsaid = لم يُذكر

# reviewed: no
basis-terms = شروطنا

# reviewed: no
basis-law = القانون

# reviewed: no
basis-both = كلاهما

# reviewed: no
inbox-note = ملاحظة للمرسل

# reviewed: no
inbox-send = أرسل هذا الجواب

# reviewed: no
inbox-waiting = { $n ->
        [one] مادة واحدة
        [two] مادتان
        [few] { $n } مواد
       *[other] { $n } مادة
    } بلا جواب نهائي

# reviewed: no
inbox-wrong = إن رأيتموها خطأ

# reviewed: no
inbox-wrong-what = اطلب من المرسل إعادة النظر في { $n ->
        [one] المادة الواحدة
        [two] المادتين
        [few] { $n } مواد
       *[other] { $n } مادة
    } بلا جواب نهائي، بكلمات ملاحظتك أو بدونها. لا عواقب لذلك.

# reviewed: no
inbox-look-again = اطلب إعادة النظر

# reviewed: no
inbox-contest-what = لقد أجبتم عن كل مادة. ويمكنكم مع ذلك الاعتراض على الإحالة، ويقرر فيها شخص لدى المرسِل لم يكتبها. اذكروا السبب في 20 حرفًا أو أكثر.

# reviewed: no
inbox-talk = أسئلة وأجوبة

# reviewed: no
public-title = الشفافية

# reviewed: no
public-question = هل هذا قانوني، وماذا يمكنني أن أفعل؟

# reviewed: no
public-lead = تطلب وحدات الإحالة من المزوّدين النظر في محتوى وفق شروطهم. الإحالة ليست أمرًا، والقرار للمزوّد.

# reviewed: no
public-figures = ما جرى

# reviewed: no
public-figure = البند

# reviewed: no
public-number = العدد

# reviewed: no
public-means = ما يحسبه

# reviewed: no
public-remedies = يمكنكم أيضًا الشكوى لدى المزوّد أو هيئة تسوية النزاعات أو هيئة حماية البيانات أو اللجوء إلى القضاء.

# reviewed: no
contest-title = الاعتراض على إحالة

# reviewed: no
contest-how = يقرأ كلامكم شخص لم يكتب الإحالة.

# reviewed: no
contest-where = تحتاجون إلى مرجع الاعتراض، وهو 32 من الأرقام والحروف. تجدونه في الرسالة الموجهة إلى المزوّد، في بريده وفي صفحة وارده، تحت «مرجع الاعتراض». وإن كنتم من كتب المحتوى فيمكن للمزوّد أن يعطيكم إياه.

# reviewed: no
contest-registered = سُجّل. احتفظوا بهذا الرقم:

# reviewed: no
contest-unknown = لم يُسجّل. لا إحالة بهذا المرجع. انسخوه مجددًا من الرسالة الموجهة إلى المزوّد، وهو تحت «مرجع الاعتراض».

# reviewed: no
contest-reference = مرجع الاعتراض

# reviewed: no
contest-pass-on = به يمكنكم، أو يمكن لمن كتب المحتوى، الاعتراض على الإحالة في الصفحة العامة للمرسِل. ولكم أن تعطوه لغيركم.

# reviewed: no
contest-role = أنتم

# reviewed: no
contest-author = صاحب المحتوى

# reviewed: no
contest-provider = المزوّد

# reviewed: no
contest-other = شخص آخر

# reviewed: no
contest-reason = ما وجه الخطأ؟

# reviewed: no
contest-answer-to = أين نجيب؟ بريد إلكتروني، اختياري

# reviewed: no
contest-go = أرسل الاعتراض

# reviewed: no
contest-then = ماذا بعد

# reviewed: no
contest-then-what = إن أخطأنا سحبنا الإحالة وأبلغنا كل من تسلّمها.

# reviewed: no
inbox-search = المرسل أو العنوان أو الرقم

# reviewed: no
inbox-group-open = بانتظارك

# reviewed: no
inbox-group-withdrawn = مسحوبة ولم يعد فيها مطلوب

# reviewed: no
inbox-ticked-letters = الرسائل المحددة:

# reviewed: no
inbox-ticked-items = المواد المعنية:
