### Leads on money: identifiers that money is sent to, and the sheet of one.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: no
money-question = من يطلب المال، وأين؟

# reviewed: no
money-about = حسابات ومحافظ وصفحات تبرّع ترد في محتواكم المعتمد خلال آخر { $days } يومًا. خيوط للنظر فيها: لا تدخل في ترتيب ولا رسالة ولا بنك، ولا تكون سببًا أبدًا.

# reviewed: no
money-made = حُسب { $at }.

# reviewed: no
money-counting = يجري الحساب. أعد تحميل الصفحة بعد دقيقة.

# reviewed: no
money-empty = لا يذكر أي محتوى معتمد في آخر 90 يومًا حسابًا أو محفظة أو صفحة تبرّع.

# reviewed: no
money-empty-next = تظهر هنا بعد أن يقيّم شخصٌ محتوى يذكرها ويعتمده شخصٌ آخر.

# reviewed: no
money-caption = الأكثر حسابات متفرّقة أولًا: حسابات نشرته، كلٌّ في محتوى خاص به.

# reviewed: no
money-apart = حسابات متفرّقة

# reviewed: no
money-accounts = حسابات

# reviewed: no
money-contents = محتويات

# reviewed: no
money-posts = منشورات

# reviewed: no
money-services = خدمات

# reviewed: no
money-col-identifier = المعرّف

# reviewed: no
money-col-span = الأول والأخير

# reviewed: no
money-col-account = الحساب

# reviewed: no
money-col-at = متى

# reviewed: no
money-col-content = المحتوى

# reviewed: no
money-col-post = المنشور

# reviewed: no
money-counts = حسابات: { $accounts }؛ محتويات: { $contents }؛ منشورات: { $posts }؛ خدمات: { $services }.

# reviewed: no
money-kind-iban = حساب مصرفي (IBAN)

# reviewed: no
money-kind-bitcoin = عنوان Bitcoin

# reviewed: no
money-kind-ethereum = عنوان Ethereum

# reviewed: no
money-kind-tron = عنوان Tron

# reviewed: no
money-kind-monero = عنوان Monero

# reviewed: no
money-kind-donation = صفحة تبرّع

# reviewed: no
money-says-apart = نشره { $apart } من { $accounts } حسابات في محتويات خاصة بها: فليس ذلك نسخًا وحده.

# reviewed: no
money-says-one-content = ضعيف: يرد في محتوى واحد فقط نشرته { $n } حسابات. من نسخ ذلك المحتوى نسخه معه.

# reviewed: no
money-says-one-account = ضعيف: لا يُعرف حسابٌ ثانٍ نشره.

# reviewed: no
money-method-title = كيف يُحسب

# reviewed: no
money-method = تُحسب كل مادة مرة واحدة، منذ أول نشر لها. والنسخ محتوى واحد. تُقرأ نصوص موادكم المعتمدة وروابطها ثم تُترك؛ ولا يُحفظ شيء من هذه الصفحة.

# reviewed: no
money-method-apart = الحسابات المتفرّقة: أكبر عدد من الحسابات يمكن أن يُعطى كلٌّ منها محتوى نشره، دون تكرار أي محتوى. والمحتوى المنسوخ الواحد يعطي واحدًا مهما كثر ناسخوه.

# reviewed: no
money-limits-title = ما لا يقوله

# reviewed: no
money-limit-whose = لمن هو. قد يكون لجمعية خيرية أو متجر أو ضحية أو شخص يُراد اتهامه.

# reviewed: no
money-limit-shared = كم شخصًا يستعمله. قد تعطي منصة التداول عنوانًا واحدًا لكثيرين، وقد تكون لشخص واحد عناوين كثيرة.

# reviewed: no
money-limit-read = أين يرد أيضًا. لا تُقرأ الصحافة ولا الخطاب المضاد ولا ما وُجد أنه ليس محتوى إرهابيًا.

# reviewed: no
money-limit-checksum = هل هو موجود، أو هل أُرسل إليه مال قط. رقم التحقق يبيّن فقط أنه كُتب دون خطأ.

# reviewed: no
money-limit-where = ما يرد في الصور والأصوات والملفات الشخصية. فهي لا تُقرأ هنا.

# reviewed: no
money-left-title = ما تُرك من محتواكم المعتمد

# reviewed: no
money-left-old = منشورات أقدم من { $days } يومًا: { $n }

# reviewed: no
money-left-unapproved = منشورات نُسَخ لم يعتمدها أحد أو سُحبت: { $n }

# reviewed: no
money-left-erased = منشورات مُحي نصها: { $n }

# reviewed: no
money-left-unchecked = معرّفات لم يكتبها أحد برقم التحقق: { $n }

# reviewed: no
money-left-cut = المحتوى أكثر مما يُقرأ؛ ويُحتسب الأحدث.

# reviewed: no
money-left-accounts = حسابات غير معروضة: { $n }.

# reviewed: no
money-left-posts = منشورات غير معروضة: { $n }. يأتي أول منشور لكل محتوى قبل نُسَخه.

# reviewed: no
money-sheet = خيط مالي

# reviewed: no
money-lead = خيط للنظر فيه. لا يصلح سببًا للإحالة، ولا يدخل في ترتيب ولا رسالة ولا بنك.

# reviewed: no
money-checked = رقم التحقق صحيح.

# reviewed: no
money-unchecked = لا رقم تحقق لصفحة التبرّع.

# reviewed: no
money-back = كل المعرّفات

# reviewed: no
money-whole = عرض كل الحسابات والمنشورات

# reviewed: no
money-print = طباعة

# reviewed: no
money-times = متى نُشر

# reviewed: no
money-times-said = أول مرة { $first }، وآخر مرة { $last }؛ وأكثر ما نُشر في يوم واحد: { $most }.

# reviewed: no
money-accounts-none = لا حساب معروفًا.

# reviewed: no
money-beside = نشرته الحسابات نفسها

# reviewed: no
money-beside-accounts = حسابات نشرت كليهما: { $n }

# reviewed: no
money-beside-left = غيرها غير معروض: { $n }.

# reviewed: no
money-shown = المعروض: { $shown } من { $all }.

# reviewed: no
money-next = عرض التالي
