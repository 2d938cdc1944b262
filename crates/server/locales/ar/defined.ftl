# reviewed: no
defined-observed = السجلات السليمة من عمليات الإدخال التي انتهت في الفترة، ومنها المكرر.

# reviewed: no
defined-duplicates = السجلات المرصودة التي أُدخلت من قبل ولم تُضف شيئًا.

# reviewed: no
defined-set-aside = السجلات التي تعذرت قراءتها، وكل منها مذكور بموضعه وسببه عند إدخاله.

# reviewed: no
defined-refused = سجلات مراسلات خاصة، لا تُدخل أبدًا.

# reviewed: no
defined-unique = المواد المختلفة التي انضمت إلى مجموعة في الفترة.

# reviewed: no
defined-clusters = المضامين المختلفة التي تنتمي إليها هذه المواد المختلفة.

# reviewed: no
defined-matched = المواد المختلفة التي توافق إشارة من بنك؛ والمطابقة سبب للنظر وليست قرارًا أبدًا.

# reviewed: no
defined-reappeared = المواد المختلفة التي انضمت إلى مجموعة سبق أن تقرر مضمونها وتأكد.

# reviewed: no
defined-assessments = تقييمات أجراها شخص وحُفظت أول مرة في الفترة.

# reviewed: no
defined-assessed = المواد المختلفة التي تتناولها هذه التقييمات.

# reviewed: no
defined-identical-texts = تقييمات يطابق نصها المكتوب كله نص تقييم آخر في الفترة.

# reviewed: no
defined-approved = المواد المختلفة في تقييمات أُكدت في الفترة وما زالت مؤكدة.

# reviewed: no
defined-held-back = مواد أُكدت في الفترة ولم تُرسل إحالتها: يحجزها فحص ما قبل الإرسال أو تعليق أو نقص جهة اتصال.

# reviewed: no
defined-referrals = الرسائل الموقعة التي وُضعت في صندوق الصادر في الفترة، رسالة لكل مزوّد وتقييم.

# reviewed: no
defined-referred = المواد في هذه الرسائل؛ والمادة التي أُرسلت ثانية بعد سحبها تُحسب ثانية.

# reviewed: no
defined-received = المواد المحالة التي أعطى مزوّدها إيصالًا موقعًا أو أُكد بريدها.

# reviewed: no
defined-answered = المواد المحالة التي لها جواب نهائي من مزوّدها.

# reviewed: no
defined-removed = المواد المحالة التي آخر جواب عنها: أُزيلت، أو حُجبت في كل مكان أو في الاتحاد، أو أُوقف الحساب أو أُغلق. وما غاب دون جواب كهذا لا يُحسب هنا.

# reviewed: no
defined-no-action = المواد المحالة التي آخر جواب عنها «لا إجراء»، وهو جواب عادي.

# reviewed: no
defined-needs-information = المواد المحالة التي آخر جواب عنها سؤال.

# reviewed: no
defined-unanswered = المواد المحالة بلا جواب نهائي حتى الآن؛ ولا مهلة له.

# reviewed: no
defined-withdrawn = المواد المحالة التي سحبنا إحالتها.

# reviewed: no
defined-overturned = المواد المحالة التي قُبل الاعتراض عليها، أو أعادها المزوّد بعد شكوى أو مراجعة.

# reviewed: no
defined-reviewed = المواد المحالة التي أُعيد النظر فيها: سُحبت، أو اعتُرض عليها وبُتّ فيها، أو أُعيدت.

# reviewed: no
defined-standing = المواد المحالة التي لم تُسحب ولم تُنقض.

# reviewed: no
defined-gone = المواد المحالة التي لم يجدها فحصان بينهما 30 دقيقة. ولا يُعرف من أزالها: فأصحابها يحذفون أيضًا.

# reviewed: no
defined-duplicates-sent = مواد أُرسلت في الفترة إلى مزوّد كانت لديه من قبل في إحالة لم تُسحب. يجب أن يكون 0.

# reviewed: no
defined-without-second-person = إحالات لم يوافق على تقييمها أحد، أو وافق عليه من كتبه. يجب أن يكون 0.

# reviewed: no
defined-service = المضيف القابل للتسجيل الذي عليه المادة.

# reviewed: no
defined-language = لغة السجل الذي أدخل المادة في مجموعة أول مرة؛ وund حين لا تُعرف.

# reviewed: no
defined-kind = مادة أو حساب أو قناة أو موقع.

# reviewed: no
defined-agency = من سلّم السجل أو كتب التقييم أو يرسل الإحالة.

# reviewed: no
defined-hour = الساعة التي جرى فيها الفعل المحسوب؛ وتُحسب الأجوبة في ساعة الإرسال.
