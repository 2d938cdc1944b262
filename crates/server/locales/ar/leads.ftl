### Sensitive analysis: same actor elsewhere.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: no
leads-title = الفاعل نفسه في مكان آخر

# reviewed: no
leads-note = تحليل حسّاس

# reviewed: no
leads-switch = التحليل الحسّاس

# reviewed: no
leads-money = خيوط مالية

# reviewed: no
leads-covers = ما يشمله تقييم الأثر

# reviewed: no
leads-lead = خيوط للنظر فيها. لا يصلح أيٌّ منها سببًا للإحالة، ولا يدخل أيٌّ منها في رسالة أو ترتيب أو بنك.

# reviewed: no
leads-counting = يجري حساب الخيوط. أعد تحميل الصفحة بعد دقيقة.

# reviewed: no
leads-none = لا حساب على خدمة أخرى محتمل بما يكفي. وهذا لا يثبت أنه غير موجود.

# reviewed: no
leads-open-for = مفتوح حتى { $day }. الغرض: { $purpose }. تقييم الأثر: { $reference }.

# reviewed: no
leads-probability = من كل 100 زوج كهذا نحو { $n } لهما الفاعل نفسه.

# reviewed: no
leads-mark-alone = لم يعد محتملًا بحسب ما هو معروف؛ وقد وضع أحدهم عليه علامة.

# reviewed: no
leads-for = لصالح ذلك:

# reviewed: no
leads-against = ضد ذلك:

# reviewed: no
leads-little = لا يقول الكثير:

# reviewed: no
leads-names = معرّفان متشابهان؛ حسابات بالتشابه نفسه: { $n }

# reviewed: no
leads-names-unlike = معرّفان غير متشابهين

# reviewed: no
leads-links-none = لا يشير أيٌّ منهما إلى الآخر

# reviewed: no
leads-links-one = أحدهما يشير إلى الآخر

# reviewed: no
leads-links-both = كلٌّ منهما يشير إلى الآخر

# reviewed: no
leads-shared-none = لا محتوى نشره كلاهما

# reviewed: no
leads-shared = محتويات نشرها كلاهما: { $n }، ولم ينشرها غيرهما: { $alone }

# reviewed: no
leads-lag = الدقائق بين نشر المحتوى نفسه على كليهما، في الوسط: { $n }

# reviewed: no
leads-lag-none = لا أوقات للمحتوى نفسه للمقارنة

# reviewed: no
leads-hours-alike = نشطان في ساعات اليوم نفسها

# reviewed: no
leads-hours-unlike = نشطان في ساعات مختلفة من اليوم

# reviewed: no
leads-hours-little = ساعات اليوم

# reviewed: no
leads-say = قل ما وجدته

# reviewed: no
leads-reason = السبب (يُحفظ 90 يومًا)

# reviewed: no
leads-same = الفاعل نفسه

# reviewed: no
leads-not-same = ليس نفسه

# reviewed: no
leads-take-back = سحب العلامة

# reviewed: no
leads-said-same = وسمه { $name } بأنه الفاعل نفسه، { $at }.

# reviewed: no
leads-said-not-same = وسمه { $name } بأنه ليس نفسه، { $at }.

# reviewed: no
leads-about = يعرض للمحللين والمنسقين على أي خدمات أخرى قد يكون فاعل حسابٍ ما، أو من ينشر حسابات ومحافظ يُرسَل إليها المال. من محتواكم المقيَّم في آخر { $days } يومًا فقط؛ ولا تُحفظ الخيوط أبدًا، وتُحفظ العلامات { $days } يومًا.

# reviewed: no
leads-closed = التحليل مغلق: لا يرى أحد أي خيط.

# reviewed: no
leads-purpose = الغرض

# reviewed: no
leads-reference = مرجع تقييم أثره

# reviewed: no
leads-days = عدد الأيام حتى يُغلق تلقائيًا، من 1 إلى { $days }

# reviewed: no
leads-open = فتح التحليل

# reviewed: no
leads-close = إغلاق التحليل

# reviewed: no
leads-doubt = حُسب الاحتمال في عوالم مصنوعة. وفي عوالم من نوع آخر كان نحو نصف الخيوط خطأً: تحقق من كل منها.
