### Why it was matched: a match laid open.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: no
why-page = سبب المطابقة

# reviewed: no
why-question = لماذا طوبق؟

# reviewed: no
why-reason-only = المطابقة سبب للنظر، وليست قرارًا أبدًا.

# reviewed: no
why-back = العودة إلى مجموعته

# reviewed: no
why-compare = قارن

# reviewed: no
why-item = هذه المادة

# reviewed: no
why-known = ما هو معروف

# reviewed: no
why-seen = شوهد

# reviewed: no
why-agrees = ما يتفق في هذه المادة

# reviewed: no
why-listed-value = القيمة في القائمة

# reviewed: no
why-fingerprint = لا يُحفظ هنا إلا بصمته. لا صورة ولا نص لعرضهما.

# reviewed: no
why-same-file = الملف نفسه بايتًا ببايت: ما تعرضه هذه المادة هو المعروف.

# reviewed: no
why-part = الجزء المحاط هو ما تعرضه الصورتان.

# reviewed: no
why-marked = الكلمات المعلَّمة موجودة في كليهما.

# reviewed: no
why-how-near = مدى القرب

# reviewed: no
why-limit = الحد { $n }

# reviewed: no
why-scale = 0 تعني الشيء نفسه؛ ولا يُطابق ما يتجاوز { $limit }.

# reviewed: no
why-places = مواضع الصورتين المتفقة: { $n }.

# reviewed: no
why-share = في كليهما { $n } % من النص الأطول.

# reviewed: no
why-exact = التطابق تام، ما عدا طريقة الكتابة.

# reviewed: no
why-who = من يقول ذلك

# reviewed: no
why-opinion = الرأي

# reviewed: no
why-state = الحالة

# reviewed: no
why-live = سارٍ.

# reviewed: no
why-withdrawn = مسحوب: لم يعد يطابق شيئًا.

# reviewed: no
why-label = يسميه مانحه

# reviewed: no
why-listed-by = أدرجه

# reviewed: no
why-listed-at = مدرج منذ

# reviewed: no
why-matched-at = طوبق

# reviewed: no
why-nobody = غير معروف

# reviewed: no
why-others-too = ما طابق هذه المادة أيضًا

# reviewed: no
variant-document = وهي داخل وثيقة.

# reviewed: no
fuses-title = أوقفها صمامها

# reviewed: no
fuses-note = أكثر من { $n } مطابقة في اليوم

# reviewed: no
fuses-none = لم يُطلق أي صمام.

# reviewed: no
fuse-matches = مطابقات ذلك اليوم: { $n }.

# reviewed: no
fuse-since = أُوقفت

# reviewed: no
fuse-reset = دعه يطابق من جديد

# reviewed: no
fuse-reset-why = لماذا هو صحيح رغم ذلك

# reviewed: no
fuse-told = يرى هؤلاء العدد بجانب اسم الصفحة:

# reviewed: no
fuse-told-nobody = لا أحد يتولى البنوك هنا

# reviewed: no
dispute-by = اعترض عليه { $name }

# reviewed: no
dispute-from-list = جاء مع قائمته معترضًا عليه

# reviewed: no
imports-title = الاستيرادات

# reviewed: no
imports-none = لم يُستورد شيء بعد.

# reviewed: no
imports-when = متى ومن قام به

# reviewed: no
imports-rows = الأسطر

# reviewed: no
imports-came = ما نتج عنه

# reviewed: no
imports-left = متروكة

# reviewed: no
imports-nothing = لا شيء

# reviewed: no
imports-new = جديدة: { $n }

# reviewed: no
imports-known = معروفة من قبل: { $n }

# reviewed: no
imports-disputed = معترض عليها: { $n }

# reviewed: no
imports-withdrawn = سحبها مانحها: { $n }

# reviewed: no
imports-relisted = أُدرجت من جديد: { $n }

# reviewed: no
imports-cut = مع قصّات: { $n }

# reviewed: no
imports-not-compared = من أنواع لا تُقارن هنا: { $n }

# reviewed: no
left-unreadable = لا تُقرأ: { $n }

# reviewed: no
left-kind = من نوع مجهول: { $n }

# reviewed: no
left-opinion = برأي غير رأي البنك: { $n }

# reviewed: no
left-value = بلا قيمة صالحة: { $n }

# reviewed: no
left-withdrawn = سُحبت هنا من قبل: { $n }

# reviewed: no
match-distance-plain = الفرق { $found }، الحد { $limit }

# reviewed: no
match-near-text = النص قريب من نص معروف.

# reviewed: no
right-compare-uploads = مقارنة المرفوعات بالقوائم المغلقة

# reviewed: no
match-video = في الفيديو جزء من فيديو معروف.

# reviewed: no
match-sound = في الصوت جزء من صوت معروف.

# reviewed: no
match-video-part = من { $from } إلى { $to } يعرض الفيديو ما يعرضه فيديو معروف من { $known_from } إلى { $known_to }: { $share } % من هذا و{ $known_share } % من المعروف.

# reviewed: no
match-sound-part = من { $from } إلى { $to } الصوت هو صوت معروف من { $known_from } إلى { $known_to }: { $share } % من هذا و{ $known_share } % من المعروف.

# reviewed: no
match-faster = وهو أسرع بنسبة { $n } %.

# reviewed: no
match-slower = وهو أبطأ بنسبة { $n } %.

# reviewed: no
variant-read = قرأته آلة في صورة. انظر هل هو فيها.

# reviewed: no
why-video = جزء من فيديو معروف، من { $from } إلى { $to }

# reviewed: no
why-sound = جزء من صوت معروف، من { $from } إلى { $to }

# reviewed: no
why-read = قرأت آلة مصطلحًا معروفًا في صورة

# reviewed: no
why-wrong = هذه الإشارة خاطئة

# reviewed: no
why-dispute-what = الإشارة المعترَض عليها لا تطابق شيئًا جديدًا حتى يؤيدها أحد أو يسحبها.

# reviewed: no
why-dispute-reason = لماذا هي خاطئة

# reviewed: no
why-dispute-go = الاعتراض عليها

# reviewed: no
why-wrong-tell = إن كانت هذه الإشارة خاطئة فأخبر من يتولّون البنوك:
