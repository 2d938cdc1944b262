### The frame of every page: pages, keys, months, counts.
### "reviewed" says whether a speaker of the language has read the string (decision D32).

# reviewed: no
page-queue = القائمة

# reviewed: no
page-approve = الموافقة

# reviewed: no
page-sent = المُرسَل

# reviewed: no
page-operation = العملية

# reviewed: no
page-network = الشبكة

# reviewed: no
page-radar = الرادار

# reviewed: no
page-money = المال

# reviewed: no
page-search = البحث

# reviewed: no
page-intake = الإدخال

# reviewed: no
page-signals = الإشارات

# reviewed: no
page-reports = التقارير

# reviewed: no
page-ledger = السجل

# reviewed: no
page-agency = الجهة

# reviewed: no
page-inbox = الوارد

# reviewed: no
frame-skip = انتقل إلى العمل

# reviewed: no
frame-world = عالم افتراضي: كل ما هنا مختلق ولا يخرج شيء من هذا الجهاز.

# reviewed: no
frame-world-day = ساعته تشير إلى { $day }.

# reviewed: no
frame-contact-point = نقطة الاتصال

# reviewed: no
frame-pages = الصفحات

# reviewed: no
frame-goto = انتقل إلى أي صفحة

# reviewed: no
frame-keys = المفاتيح

# reviewed: no
frame-sign-out = خروج

# reviewed: no
frame-undo = تراجع

# reviewed: no
frame-cleared = أُخليت الشاشة.

# reviewed: no
frame-cleared-way = لم يضع شيء. مسودتك حيث تركتها.

# reviewed: no
frame-uncover = تابع العمل

# reviewed: no
frame-close = أغلق

# reviewed: no
go-back = عُد

# reviewed: no
keys-single = المفاتيح المفردة تعمل

# reviewed: no
key-next = التالي

# reviewed: no
key-previous = السابق

# reviewed: no
key-reveal = اضغط مطولًا للعرض

# reviewed: no
key-grey = رمادي

# reviewed: no
key-blur = ضبابي

# reviewed: no
key-kind = نوع المحتوى

# reviewed: no
key-exempt = مستثنى

# reviewed: no
key-not = ليس محتوى إرهابيًا

# reviewed: no
key-unsure = إلى قارئ ثانٍ

# reviewed: no
key-defer = لاحقًا

# reviewed: no
key-save = احفظ: إحالة

# reviewed: no
key-approve = موافقة؛ تُرسل بعد اجتياز الفحوص

# reviewed: no
key-return = أعِد مع سبب

# reviewed: no
key-withdraw = اسحب

# reviewed: no
key-undo = استرجع قرارك الأخير ما دام لم يقرأه أحد غيرك

# reviewed: no
key-search = ابحث

# reviewed: no
key-keys = هذه المفاتيح

# reviewed: no
key-goto = انتقل إلى أي صفحة

# reviewed: no
key-clear = أخلِ الشاشة

# reviewed: no
month-1 = يناير

# reviewed: no
month-2 = فبراير

# reviewed: no
month-3 = مارس

# reviewed: no
month-4 = أبريل

# reviewed: no
month-5 = مايو

# reviewed: no
month-6 = يونيو

# reviewed: no
month-7 = يوليو

# reviewed: no
month-8 = أغسطس

# reviewed: no
month-9 = سبتمبر

# reviewed: no
month-10 = أكتوبر

# reviewed: no
month-11 = نوفمبر

# reviewed: no
month-12 = ديسمبر

# reviewed: no
stretch-seconds = { $n } ث

# reviewed: no
stretch-minutes = { $n } د

# reviewed: no
stretch-hours = { $n } س

# reviewed: no
stretch-days = { $n ->
        [one] يوم واحد
        [two] يومان
        [few] { $n } أيام
       *[other] { $n } يومًا
    }

# reviewed: no
items = { $n ->
        [one] مادة واحدة
        [two] مادتان
        [few] { $n } مواد
       *[other] { $n } مادة
    }

# reviewed: no
clusters = { $n ->
        [one] مجموعة واحدة
        [two] مجموعتان
        [few] { $n } مجموعات
       *[other] { $n } مجموعة
    }

# reviewed: no
services = { $n ->
        [one] خدمة واحدة
        [two] خدمتان
        [few] { $n } خدمات
       *[other] { $n } خدمة
    }

# reviewed: no
records = { $n ->
        [one] سجل واحد
        [two] سجلان
        [few] { $n } سجلات
       *[other] { $n } سجلًا
    }

# reviewed: no
referrals = { $n ->
        [one] إحالة واحدة
        [two] إحالتان
        [few] { $n } إحالات
       *[other] { $n } إحالة
    }

# reviewed: no
agencies = { $n ->
        [one] جهة واحدة
        [two] جهتان
        [few] { $n } جهات
       *[other] { $n } جهة
    }

# reviewed: no
people = { $n ->
        [one] شخص واحد
        [two] شخصان
        [few] { $n } أشخاص
       *[other] { $n } شخصًا
    }

# reviewed: no
banks = { $n ->
        [one] بنك واحد
        [two] بنكان
        [few] { $n } بنوك
       *[other] { $n } بنكًا
    }

# reviewed: no
waiting = { $n ->
        [one] واحدة تنتظر
        [two] اثنتان تنتظران
        [few] { $n } تنتظر
       *[other] { $n } تنتظر
    }

# reviewed: no
of-all = من { $n }

# reviewed: no
done-of = { $done } من { $all }

# reviewed: no
facts = الوقائع

# reviewed: no
optional = اختياري

# reviewed: no
item = المادة

# reviewed: no
characters-least = { $n } حرفا على الأقل

# reviewed: no
characters-of = { $n } من { $most } حرف
