package filter

import (
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// normal is the text without what hides a word: width, case, spaces, marks, letters
// without width, traditional characters, look-alikes, and digits written as words. places
// say for each of its letters which rune of the text it comes from.
func normal(text string) (letters []rune, places []int) {
	at := -1
	for _, r := range text {
		at++
		for _, n := range norm.NFKD.String(string(r)) {
			n = unicode.ToLower(n)
			if other, known := same[n]; known {
				n = other
			}
			if !unicode.IsLetter(n) && !unicode.IsNumber(n) {
				continue
			}
			letters, places = append(letters, n), append(places, at)
		}
	}
	return letters, places
}

// same are letters that stand for others: each pair is what is written and what it means.
var same = pairs(
	// digits as words, as on cheques too
	"零0〇0○0一1壹1二2贰2貳2两2三3叁3參3四4肆4五5伍5六6陆6陸6七7柒7八8捌8九9玖9+加➕加" +
		// traditional characters of the list's words
		"開开發发票票賭赌場场專专業业貸贷現现賺赚賠赔銀银行行證证驗验碼码帳账賬账戶户轉转財财產产網网視视頻频電电" +
		"無无衛卫愛爱國国黨党產产軍军槍枪彈弹藥药買买賣卖優优惠惠領领紅红費费廣广進进號号貨货騙骗億亿萬万圓圆員员" +
		"門门們们會会來来個个學学習习馬马鬥斗獨独臺台灣湾輪轮動动傳传單单顛颠覆覆權权國国殺杀豬猪盤盘" +
		"礦矿幣币帶带獎奖續续錢钱養养墊垫資资繳缴稅税辦办證证章章時时線线澳澳樂乐載载聯联繫系係系訊讯資资" +
		"務务員员術术劑剂體体醫医糖糖壓压報报導导殘残髒脏賤贱雜杂種种媽妈罵骂約约砲炮" +
		// look-alikes and what is written in their place
		"薇微威微徽微徴微維微维微溦微惞信伩信訫信芯信ⅴvѵvνvаaеeоoрpсcхxуyіiвb" +
		"菠博铂博采彩菜彩踩彩漂票飘票")

func pairs(text string) map[rune]rune {
	all := []rune(text)
	m := make(map[rune]rune, len(all)/2)
	for i := 0; i+1 < len(all); i += 2 {
		m[all[i]] = all[i+1]
	}
	return m
}
