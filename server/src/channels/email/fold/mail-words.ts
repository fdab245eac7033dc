// What mail programs write by themselves around old mail, in the languages they speak. All in lower case.

/** Words that say somebody wrote something, in the line above a quotation. Whole words, where the script has any. */
export const WROTE = [
  'wrote', 'writes', 'schrieb', 'schreef', 'geschreven', 'a écrit', 'écrit', 'a ecrit', 'escribió', 'escribio', 'escribiste', 'ha scritto', 'scrisse', 'escreveu', 'skrev', 'skreiv', 'kirjoitti', 'napisał', 'napisała', 'napisał(a)', 'napisal', 'napsal', 'napsal(a)', 'napsala',
  'napísal', 'napísal(a)', 'írta', 'a scris', 'scris', 'написал', 'написала', 'написал(а)', 'пишет', 'писал', 'пише', 'написав', 'написала', 'написа', 'yazdı', 'tarihinde şunu yazdı', 'şunları yazdı', 'έγραψε', 'кaже', 'je napisao', 'je napisao/la', 'napisao', 'pisao',
  'je napisal', 'rašė', 'parašė', 'rakstīja', 'kirjutas', 'va escriure', 'escrigué', 'idatzi du', 'escribiu', 'skrifaði', 'menulis', 'telah menulis', 'viết', 'đã viết', 'wrote the following', 'het volgende geschreven', 'folgendes geschrieben', 'geschrieben', 'scrive', 'escreve', 'escribe', 'reageerde', 'menulis berikut',
];
/** The same in scripts that set no space between words, or write from right to left. */
export const WROTE_ANYWHERE = ['写道', '寫道', '写到', '写了', '書きました', 'のメッセージ', 'より', '작성', 'เขียน', 'כתב', 'כתבה', 'מאת', 'كتب', 'كتبت', 'نوشت', 'ने लिखा', 'লিখেছেন'];

/** Between dashes: the old mail follows to the end. */
export const ORIGINAL = [
  'original message', 'original email', 'original mail', 'original appointment', 'reply message', 'ursprüngliche nachricht', 'urspr. nachricht', 'originalnachricht', 'original-nachricht', 'originele bericht', 'oorspronkelijk bericht', 'message original', "message d'origine", 'message d’origine', 'mensaje original',
  'messaggio originale', 'messaggio originario', 'mensagem original', 'ursprungligt meddelande', 'originalmeddelande', 'oprindelig meddelelse', 'original besked', 'opprinnelig melding', 'alkuperäinen viesti', 'oryginalna wiadomość', 'wiadomość oryginalna', 'wiadomość pierwotna', 'původní zpráva', 'původní e-mail', 'pôvodná správa',
  'eredeti üzenet', 'mesaj original', 'mesajul original', 'исходное сообщение', 'оригинальное сообщение', 'пересылаемое письмо', 'оригінальне повідомлення', 'вихідне повідомлення', 'özgün ileti', 'orijinal mesaj', 'αρχικό μήνυμα', 'izvorna poruka', 'originalna poruka', 'missatge original', '元のメッセージ', 'original message from', '原始邮件', '原始郵件', '原邮件', '원본 메시지', '원본 메일', 'הודעה מקורית', 'رسالة أصلية', 'الرسالة الأصلية', 'ข้อความต้นฉบับ', 'thư gốc', 'tin nhắn gốc',
];

/** A mail handed on: that is what the sender wants us to read. */
export const FORWARDED = [
  'forwarded message', 'forwarded by', 'begin forwarded message', 'forwarded mail', 'weitergeleitete nachricht', 'weitergeleitete e-mail', 'anfang der weitergeleiteten nachricht', 'doorgestuurd bericht', 'begin doorgestuurd bericht', 'message transféré', 'message transmis', 'début du message transféré', 'début du message réexpédié', 'mensaje reenviado',
  'inicio del mensaje reenviado', 'messaggio inoltrato', 'inizio messaggio inoltrato', 'mensagem encaminhada', 'mensagem reencaminhada', 'início da mensagem encaminhada', 'vidarebefordrat meddelande', 'vidarebefordrat brev', 'videresendt meddelelse', 'videresendt besked', 'videresendt melding', 'videresendt e-post', 'välitetty viesti', 'edelleenlähetetty viesti', 'przekazana wiadomość', 'wiadomość przekazana',
  'přeposlaná zpráva', 'preposlaná správa', 'továbbított üzenet', 'mesaj redirecționat', 'mesaj redirectionat', 'mesaj transmis', 'пересланное сообщение', 'пересылаемое сообщение', 'начало переадресованного сообщения', 'переслане повідомлення', 'iletilen mesaj', 'yönlendirilen ileti', 'προωθημένο μήνυμα', 'proslijeđena poruka', 'prosleđena poruka', 'missatge reenviat', '転送メッセージ', '転送されたメッセージ', '转发的邮件', '轉寄的郵件', '转发邮件信息', '전달된 메시지', 'הודעה שהועברה', 'رسالة معاد توجيهها', 'الرسالة المعاد توجيهها', 'ข้อความที่ส่งต่อ', 'thư được chuyển tiếp',
];

/** The labels of the headers that are copied above old mail. */
export const HEADER_LABELS: Readonly<Record<'from' | 'date' | 'to' | 'subject' | 'cc' | 'replyTo', readonly string[]>> = {
  from: ['from', 'von', 'van', 'de', 'da', 'från', 'fra', 'frá', 'lähettäjä', 'od', 'от', 'від', 'kimden', 'gönderen', 'από', 'feladó', 'de la', 'expéditeur', 'mittente', 'remetente', 'remitente', 'afzender', 'avsändare', 'absender', 'šalje', 'nuo', 'saatja', 'kam', '差出人', '送信者', '发件人', '發件人', '寄件者', '寄件人', '보낸 사람', '보낸사람', '발신', 'מאת', 'من', 'จาก', 'từ', 'dari'],
  date: ['date', 'sent', 'datum', 'gesendet', 'gesendet am', 'verzonden', 'verzonden op', 'envoyé', 'envoyé le', 'enviado', 'enviado el', 'enviada em', 'enviado em', 'enviada', 'data', 'fecha', 'inviato', 'skickat', 'sendt', 'dato', 'lähetetty', 'päivä', 'päivämäärä', 'wysłano', 'odesláno', 'odoslané', 'dátum', 'elküldve', 'küldve', 'trimis', 'дата', 'отправлено', 'отправлен', 'надіслано', 'gönderildi', 'gönderme tarihi', 'tarih', 'ημερομηνία', 'στάλθηκε', 'poslano', 'poslato', '送信日時', '日時', '日付', '发送时间', '日期', '傳送時間', '寄件日期', '时间', '보낸 날짜', '날짜', 'נשלח', 'תאריך', 'تاريخ الإرسال', 'التاريخ', 'تم الإرسال', 'ส่ง', 'วันที่', 'đã gửi', 'ngày', 'tanggal', 'dikirim'],
  to: ['to', 'an', 'aan', 'à', 'a', 'para', 'til', 'till', 'do', 'pro', 'komu', 'címzett', 'către', 'кому', 'kime', 'alıcı', 'προς', 'vastaanottaja', 'destinataire', 'destinatario', 'destinatário', 'prima', 'za', 'kam', 'kellele', '宛先', '收件人', '收件者', '받는 사람', '받는사람', '수신', 'אל', 'إلى', 'ถึง', 'đến', 'tới', 'kepada'],
  subject: ['subject', 'betreff', 'betr.', 'onderwerp', 'objet', 'sujet', 'asunto', 'oggetto', 'assunto', 'ämne', 'emne', 'aihe', 'temat', 'předmět', 'predmet', 'tárgy', 'subiect', 'тема', 'konu', 'θέμα', 'assumpte', 'tema', 'teema', 'efni', '件名', '主题', '主題', '主旨', '제목', 'נושא', 'الموضوع', 'موضوع', 'เรื่อง', 'หัวเรื่อง', 'chủ đề', 'subjek', 'perihal'],
  cc: ['cc', 'bcc', 'kopie', 'kopie (cc)', 'copie à', 'kopia', 'kopi', 'dw', 'másolat', 'копия', 'копія', 'bilgi', 'κοιν.', 'kopio', 'kópia', '抄送', '副本', 'ccへ', '참조', 'עותק', 'نسخة', 'สำเนา'],
  replyTo: ['reply to', 'reply-to', 'antwort an', 'antworten an', 'répondre à', 'responder a', 'rispondi a', 'risposta', 'beantwoorden', 'svar till', 'responder para', 'organization', 'importance', 'priorität', 'importanza', 'importancia', 'wichtigkeit'],
};

/** Words of the line that phones and mail programs put below a mail. Each entry: all of these must stand in the one short line. */
export const DEVICE_PHRASES: readonly (readonly string[])[] = [
  ['sent from'], ['sent via'], ['sent using'], ['sent with'], ['get outlook for'], ['von meinem', 'gesendet'], ['gesendet von'], ['gesendet mit'], ['gesendet via'], ['outlook für', 'beziehen'], ['holen sie sich outlook'], ['laden sie outlook'], ['envoyé de'], ['envoyé depuis'], ['envoyé à partir'], ['télécharger outlook'], ['obtenir outlook'],
  ['enviado desde'], ['enviado do'], ['enviado de'], ['enviado a partir'], ['enviado con'], ['obtener outlook'], ['obter o outlook'], ['inviato da'], ['inviato dal'], ['scarica outlook'], ['ottieni outlook'], ['verstuurd vanaf'], ['verzonden vanaf'], ['verzonden met'], ['outlook voor', 'downloaden'], ['skickat från'], ['sendt fra'], ['lähetetty'], ['wysłane z'], ['wysłano z'],
  ['odesláno z'], ['odoslané z'], ['küldve'], ['trimis de pe'], ['trimis din'], ['отправлено с'], ['отправлено из'], ['надіслано з'], ['відправлено з'], ['изпратено от'], ['gönderildi'], ['στάλθηκε από'], ['poslano s'], ['poslato sa'], ['enviat des'], ['から送信'], ['发自我的'], ['發自我的'], ['傳送自'], ['发送自'], ['에서 보냄'], ['보냄'], ['נשלח מ'], ['أرسلت من'], ['مرسل من'], ['ส่งจาก'], ['được gửi từ'], ['dikirim dari'],
];
/** And one of these stands there too: it is a program that speaks. */
export const DEVICES = ['iphon', 'ipad', 'ipod', 'android', 'galaxy', 'samsung', 'blackberry', 'windows', 'outlook', 'yahoo', 'gmail', 'k-9', 'mobile', 'mobil', 'handy', 'smartphone', 'telefon', 'phone', 'móvil', 'celular', 'proton', 'thunderbird', 'huawei', 'xiaomi', 'mail.ru', 'яндекс', 'почт', 'телефон', 'ios', 'spark', 'airmail', 'aqua mail', 'bluemail', 'nokia', 'pixel', 'oneplus', 'oppo', 'redmi', 'gmx', 'web.de', 't-online', 'mail app', 'mail-app', 'tablet', '아이폰', 'sony', 'htc', 'puhelime', 'cellulare', 'ordinateur', 'portable', 'zimbra', 'mailbird', 'mailspring', 'fairphone', 'mac'];

/** How the subject of a mail begins that was handed on. */
export const FORWARD_SUBJECT = /^\s*(fwd?|wg|tr|rv|enc|i|vs|vb|vl|pd|továbbítás|fs|doorst|inoltra|转发|轉寄|転送|전달|הועבר|إعادة توجيه|пересл|ilt|ynl)\s*(\[\d+\])?\s*[:：]/i;
