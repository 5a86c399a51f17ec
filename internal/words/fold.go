// Package words knows letters: which look alike, and how a cell of a table is written.
package words

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// supplement has the radicals of U+2E80 to U+2EFF, each before the letter that it is drawn as, which normalisation
// leaves as they are. From EquivalentUnifiedIdeograph.txt of Unicode 14.
const supplement = "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇𠘨⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑𡯂⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日" +
	"⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪𤴔⺫目⺬示⺭礻⺮𥫗⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺵𦉫⺶羊⺷𦍌" +
	"⺸𦍋⺹耂⺺肀⺻聿⺼肉⺽𦥑⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇𧢲⻈讠⻉贝⻊𧾷⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長⻒镸" +
	"⻓长⻔门⻕𨸏⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞𩙿⻟飠⻠饣⻡𩠐⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯" +
	"⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"

var radicals = func() map[rune]rune {
	all, pairs := map[rune]rune{}, []rune(supplement)
	for i := 0; i+1 < len(pairs); i += 2 {
		all[pairs[i]] = pairs[i+1]
	}
	return all
}()

// Fold is the one form in which names are compared: composed letters, and for a radical or a compatibility letter the
// usual one. PDFs and old Korean and Japanese character sets have 金 as U+F90A, 高 as U+2FBC and 黄 as U+2EE9, which
// nobody can tell from the others by looking.
func Fold(text string) string {
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if '\u2F00' <= r && r <= '\u2FD5' { // each is one letter
			r = []rune(norm.NFKC.String(string(r)))[0]
		}
		if letter, is := radicals[r]; is {
			return letter
		}
		return r
	}, text))
}
