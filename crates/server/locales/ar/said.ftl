# reviewed: no
said-saved = تم الحفظ.

# reviewed: no
said-to-approve = تم الحفظ. ينتظر شخصًا آخر في صفحة الموافقة.

# reviewed: no
said-to-reader = تم الحفظ. ينتظر قارئًا ثانيًا في صفحة الموافقة.

# reviewed: no
said-declined = تم الحفظ. لا يُحال.

# reviewed: no
said-deferred = أُجّل. يعود عندما يُنجز غيره أو ينضم إليه جديد.

# reviewed: no
said-passed = تُرك لغيرك. يبقى في القائمة للآخرين.

# reviewed: no
said-agreed = تم التأكيد. ما يجتاز الفحوص يُرسل، وما يحتاج إلى شخص ثالث ينتظر في صفحة المُرسَل.

# reviewed: no
said-proved = قُبل الرمز. ما كنت على وشك فعله لم يُفعل بعد: افعله الآن.

# reviewed: no
said-checking = يجري فحصها من جديد. حمّل الصفحة بعد لحظة.

# reviewed: no
said-returned = أُعيد إلى كاتبه.

# reviewed: no
said-withdrawn = تم السحب. يُبلَّغ مقدم الخدمة.

# reviewed: no
said-done = تم.

# reviewed: no
refusal-said = لم يُنفَّذ ذلك.

# reviewed: no
reason-shift = قائمة نوبتي

# reviewed: no
reason-operation = عملية مشتركة

# reviewed: no
reason-second = رأي ثانٍ في عمل زميل

# reviewed: no
reason-quality = فحص الجودة أو فحص شكوى

# reviewed: no
enrol-unequal = كلمتا المرور غير متطابقتين.

# reviewed: no
mail-title = رسالة لك

# reviewed: no
mail-how = فتحها يُعلم المرسل بأنك استلمتها، ولا يترتب على ذلك شيء آخر.

# reviewed: no
mail-go = افتح الرسالة

# reviewed: no
mail-received = لقد استلمت هذه الرسالة

# reviewed: no
mail-answer = يمكنك الرد هنا، على كل المواد أو بعضها.

# reviewed: no
intake-find-out = استنتج من اسم الملف

# reviewed: no
figure-sent = الإحالات المرسلة

# reviewed: no
figure-sent-means = رسائل إلى مقدم خدمة، كل منها بعنصر أو أكثر.

# reviewed: no
figure-answered = الإحالات المجاب عنها

# reviewed: no
figure-answered-means = لكل عنصر في الرسالة جواب نهائي.

# reviewed: no
figure-withdrawn = الإحالات المسحوبة

# reviewed: no
figure-withdrawn-means = سحبها المرسل بعد إعدادها.

# reviewed: no
figure-contested = الاعتراضات الواردة

# reviewed: no
figure-contested-means = أُرسلت بمرجع إحالة، عبر هذه الصفحة أو من مقدم خدمة.

# reviewed: no
subject-was-seen = شوهد من مصدر

# reviewed: no
subject-unsealed = لم يُختم بعد: يسبق الختم الإرسال

# reviewed: no
mail-answered = سُجّل جوابك للمرسل.

# reviewed: no
figure-repaired = إحالات سُحبت وأُعيدت

# reviewed: no
figure-repaired-means = قال مقدم الخدمة إن ما سُحب قد عاد.

# reviewed: no
figure-repair = مدة الإصلاح بالساعات

# reviewed: no
figure-repair-means = من أول إرسال للرسالة الخاطئة إلى آخر إعادة: الوسيط.

# reviewed: no
queue-unconfirmed = سحوبات بلا إيصال

# reviewed: no
queue-telephone = اتصل هاتفيا الآن

# reviewed: no
sender-unlisted = غير موجود في سجل السلطات

# reviewed: no
sender-unlisted-why = التوقيع صحيح ويقول المرسل إنه سلطة، لكن لا سجل معروفا هنا يذكره. تأكد من هويته قبل أن تتصرف.

# reviewed: no
provider-reminders = تذكيرات تنتظرك

# reviewed: no
provider-reminders-start = أرسل تذكيرات اليوم

# reviewed: no
refusal-written = ما كتبتَه، لتنسخه

# reviewed: no
reason-moderation = الإشراف: الجواب عمّا أُرسل إلينا

# reviewed: no
reason-complaint = شكوى مستخدم

# reviewed: no
reason-duty = واجب قانوني، مثل بيان الأسباب

# reviewed: no
reason-audit = تدقيق، تقرير الشفافية
