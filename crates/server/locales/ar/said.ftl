# reviewed: no
said-saved = تم الحفظ.

# reviewed: no
said-agreed = تم التأكيد. يُرسل بعد اجتياز الفحوص السابقة للإرسال.

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

