// The words people begin their passwords with most often, in English and German, in small letters. Compared after the digits and signs around them are taken off, so
// that `Password123!` is found by `password`. The length rule has already refused the short ones.
const WORDS = `
password passwort passw p@ssw p@ssword passwd kennwort geheim secret letmein login signin welcome willkommen hello hallo default changeme changeit change test testtest testing tester
admin administrator root superuser master mastermind user username guest gast temp temporary support helpdesk service rapport customer kunde office company firma
qwerty qwertyuiop qwertyui qwertz qwertzuiop qwertzui asdf asdfgh asdfghjkl asdfghjklö zxcvbn zxcvbnm yxcvbnm azerty azertyuiop qazwsx qazwsxedc qweasd qweasdzxc qweqwe abc abcd abcdef abcdefg abcdefgh abcdefghij abcabc aaa
iloveyou ilove loveyou lovely love schatz liebe ichliebedich princess prinzessin sunshine sonnenschein summer sommer winter spring autumn herbst january februar monday montag football fussball baseball basketball soccer hockey
monkey dragon superman batman spiderman pokemon starwars trustno computer internet samsung michael jennifer jessica charlie thomas daniel andrew alexander jordan freedom freiheit whatever nothing flower killer cheese chocolate
`.trim().split(/\s+/);

// Whole passwords that are all digits, or digits and letters in turns.
const WHOLE = `
1234567890 0123456789 12345678910 123456789012 01234567890 0987654321 9876543210 1234554321 1234512345 1122334455 1112223334 1212121212 1231231231 123123123123 1020304050 147258369 1472583690 7894561230 3141592653 31415926535
1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc 1qazxsw23edc q1w2e3r4t5 q1w2e3r4t5y6 zaq12wsxcde 1a2b3c4d5e a1b2c3d4e5 1g2w3e4r5t qwer1234asdf 123qweasdzxc 123qwe123qwe
`.trim().split(/\s+/);

export const commonWords: ReadonlySet<string> = new Set(WORDS);
export const commonPasswords: ReadonlySet<string> = new Set(WHOLE);
