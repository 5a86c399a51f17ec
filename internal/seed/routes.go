package seed

import "xinyuan/internal/offer"

// route is a tour along stops. It is booked for long enough to walk all of it.
func route(name, where string, stops ...offer.Stop) offer.Draft {
	d := place(offer.KindTour, name, where)
	d.Stops = stops
	d.Rules = []string{"在第一站集合，讲解员带着走", "走不动可以在任何一站停下"}
	whole := 0
	for _, one := range stops {
		whole += one.Minutes
	}
	d.Most = (whole + 29) / 30
	return d
}

// oldTown is a route through the town.
func oldTown() offer.Draft {
	return route("老城记忆路线", "南门口集合",
		offer.Stop{Name: "南门", Place: "南街口", Seen: "城墙的旧砖，修城时留下的刻字", Minutes: 15},
		offer.Stop{Name: "老县衙", Place: "南街 12 号", Seen: "县志和老照片", Minutes: 30},
		offer.Stop{Name: "读书会旧址", Place: "书院巷 3 号", Seen: "当年办夜校的教室", Minutes: 25},
		offer.Stop{Name: "老粮站", Place: "河边路", Seen: "粮票、账本和磅秤", Minutes: 20},
		offer.Stop{Name: "石拱桥", Place: "河边路东头", Minutes: 10},
		offer.Stop{Name: "茂山党群服务中心", Place: "茂山路 8 号", Seen: "现在的社区，坐下喝口水", Minutes: 20},
	)
}

// villages is a route outside the town.
func villages() offer.Draft {
	return route("乡村新貌路线", "村口停车场集合",
		offer.Stop{Name: "村史馆", Place: "村口", Seen: "老农具和家谱", Minutes: 30},
		offer.Stop{Name: "共富工坊", Place: "村委会后面", Seen: "做竹编，可以动手", Minutes: 40},
		offer.Stop{Name: "百果园", Place: "北坡", Seen: "果树怎么管", Minutes: 30},
		offer.Stop{Name: "水渠", Place: "北坡脚下", Seen: "五十年前修的石渠", Minutes: 20},
		offer.Stop{Name: "村民议事亭", Place: "村中央", Seen: "一件事怎么商量成的", Minutes: 20},
	)
}

// base is one place to learn at: a tour without stops.
func base() offer.Draft {
	d := place(offer.KindTour, "县党员教育基地", "一楼大厅")
	d.People = 50
	d.Rules = []string{"请提前十分钟到", "一次一个小时左右"}
	return d
}
