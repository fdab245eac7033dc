import { story, type Story } from '../story/story.ts';

const base = { language: 'ar', suits: (customer) => customer.language === 'ar' } as const satisfies Partial<Story>;

/** What Arabic-speaking customers write, and what Yousef answers. */
export const arabic = [
  story({ ...base, name: 'taakhor-alshohna', team: 'shipping', weight: 8 }, (s) => {
    s.order(['machine', 'grinder', 'kettle'], [7, 13]);
    s.date('since', -4);
    s.writes('[أين طلبي {order}؟|تأخر الشحنة {parcel}|استفسار عن الطلب {order}]', `
      [طلبت {product} بتاريخ {orderedOn} ورقم الطلب {order}.|ما زلت أنتظر طلبي رقم {order} منذ {orderedOn}.] [رقم التتبع {parcel} لم يتغير منذ {since}.|التتبع متوقف منذ {since} عند مركز الفرز.] [هل يمكنكم معرفة ما حدث؟|أرجو إفادتي عن موعد الوصول.] [|الهدية لوالدتي وأخشى أن تتأخر.|]`);
    s.triage({ tags: ['delivery'] });
    s.notes('Traced with {carrier}: waiting for the customs broker, papers were incomplete. Sent the invoice again.');
    s.answers('[شكراً لتواصلك معنا، ونعتذر عن التأخير.|أعتذر عن هذا الانتظار.] تواصلت مع شركة {carrier} بشأن الشحنة {parcel}: [كانت تنتظر استكمال أوراق الجمارك وقد أرسلتها اليوم|تأخرت في مركز الفرز ويجري البحث عنها الآن]. إن لم تتحرك خلال يومي عمل فسأرسل لك بديلاً دون أي تكلفة. [لا يلزمك فعل أي شيء.|]', { leaves: 'on_hold' });
    s.passes([24, 50]);
    s.answers('[بشرى سارة:|خبر جيد:] تحركت الشحنة، ومن المتوقع تسليمها خلال يومين. سأتابعها حتى تصل إليك.');
    if (s.chance(0.7)) s.adds('[وصل الطلب اليوم بحالة ممتازة، شكراً لكم.|الحمد لله وصلت. شكراً على المتابعة.]', { after: [30, 80] });
    s.resolves();
  }),

  story({ ...base, name: 'espresso-sari', team: 'technical', weight: 6 }, (s) => {
    s.order(['machine'], [5, 60]);
    s.knows({ seconds: String(s.random.between(8, 13)) });
    s.writes('[القهوة تنزل بسرعة كبيرة|لا يوجد ضغط في الماكينة|سؤال عن الطحن]', `
      [الإسبريسو ينزل خلال {seconds} ثوانٍ وطعمه حامض.|لا تتكون كريما، والكوب يمتلئ خلال {seconds} ثوانٍ.] [أستخدم قهوة مطحونة جاهزة.|أستخدم 18 غراماً.] [هل المضخة معطلة؟|ما الخطأ الذي أرتكبه؟]`);
    s.triage({ tags: ['how-to', 'grind'] });
    s.answers('[لا تقلق، هذا ليس عطلاً.|المضخة سليمة على الأغلب.] الضغط يأتي من القهوة نفسها، فإذا كان الطحن خشناً مرّ الماء بسرعة.\n\n1. اطحن أنعم بدرجتين أو ثلاث مع 18 غراماً.\n2. المطلوب 36 غراماً في الكوب خلال 25 إلى 30 ثانية.\n3. غيّر شيئاً واحداً فقط في كل مرة.\n\n[القهوة المطحونة الجاهزة مخصصة للترشيح وتنزل بسرعة دائماً.|أخبرني بعدد الثواني وسأساعدك في الخطوة التالية.]');
    s.adds('[صار 27 ثانية والفرق كبير، شكراً!|ممتاز، الطعم رائع الآن.]', { after: [4, 50] });
    s.resolves();
  }),

  story({ ...base, name: 'fatura', team: 'billing', weight: 5 }, (s) => {
    s.order(['machine', 'grinder', 'kettle'], [3, 20]);
    s.writes('[خصم مرتين للطلب {order}|استفسار عن مبلغ {total}|فاتورة الطلب {order}]', `
      [تم خصم {total} مرتين من بطاقتي للطلب {order}.|أرى عمليتي خصم بقيمة {total}، وقد طلبت مرة واحدة فقط.] [توقفت الصفحة أثناء الدفع.|] [أرجو إعادة المبلغ الزائد.|متى يعود المبلغ؟]`);
    s.triage({ tags: ['double-charge'] });
    s.answers('[معك حق، وأعتذر عن ذلك.|شكراً لتنبيهنا.] أرسلت صفحة الدفع الطلب مرتين، وقد أعدت المبلغ الثاني {total} الآن. يظهر في حسابك خلال يومين إلى خمسة أيام عمل. [طلبك الأصلي لم يتأثر.|]', { leaves: 'resolved' });
    if (s.chance(0.5)) s.adds('[وصل المبلغ، شكراً جزيلاً.|تم، شكراً لسرعتكم.]', { after: [50, 110] });
  }),

  story({ ...base, name: 'ishtirak', team: 'subscriptions', weight: 5 }, (s) => {
    s.subscribes();
    s.date('away', s.random.between(3, 9));
    s.date('home', s.random.between(24, 40));
    s.writes('[إيقاف الاشتراك مؤقتاً|سفر: تأجيل الشحنة]', `
      [سأسافر من {away} إلى {home}.|نحن في إجازة من {away} حتى {home}.] [هل يمكن إيقاف اشتراك {coffee} خلال هذه الفترة؟|أرجو عدم الإرسال حتى نعود.]`);
    s.triage({ tags: ['subscription', 'pause'] });
    s.answers('[تم بكل سرور.|بالتأكيد.] تم إيقاف {coffee} مؤقتاً، وستصلك العبوة التالية في {home}. لن يُخصم أي مبلغ خلال هذه المدة. [رحلة سعيدة!|إجازة ممتعة!]', { leaves: 'resolved', within: [5, 120] });
    if (s.chance(0.4)) s.adds('[شكراً لكم، خدمة رائعة.|جزاكم الله خيراً.]', { after: [1, 20] });
  }),
];
