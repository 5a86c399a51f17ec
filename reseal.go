package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"xinyuan/internal/mysql"
	"xinyuan/internal/reseal"
	"xinyuan/internal/seal"
)

// stillUsed are tables whose look-ups nobody can write anew, as operators know them.
var stillUsed = map[string]string{
	"roster": "名册里的姓名", "roster_phones": "名册里的手机号", "memberships": "报到人姓名的查找码",
	"review_codes": "微信审核码", "idempotency": "七天以内的请求",
}

// rebuildSeals seals everything anew with the first key, and says which of the others
// may leave the settings.
func (t target) rebuildSeals(ctx context.Context) (err error) {
	db, err := t.database(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	sealer, err := seal.New(t.Keys)
	if err != nil {
		return err
	}
	err = reseal.Run(ctx, db, sealer, func(d reseal.Done) {
		fmt.Printf("%s：重新密封 %d 行", d.Table, d.Resealed)
		if d.Left > 0 {
			fmt.Printf("，%d 行刚好有人在改，请再运行一次", d.Left)
		}
		fmt.Println("。")
	})
	for _, key := range sealer.Others() {
		err = errors.Join(err, sayKey(ctx, db, sealer, key))
	}
	return err
}

// sayKey says what an older key is still needed for, or that it is not any more.
func sayKey(ctx context.Context, db *mysql.DB, sealer *seal.Sealer, key string) error {
	err := reseal.Forget(ctx, db, sealer, key)
	if err == nil {
		fmt.Printf("密钥 %s 没有用处了，可以从设置里去掉。\n", key)
		return nil
	}
	if !errors.Is(err, reseal.ErrInUse) {
		return err
	}
	uses, err := reseal.Uses(ctx, db, key)
	var what []string
	for table, n := range uses {
		name := stillUsed[table]
		if name == "" {
			name = table
		}
		what = append(what, fmt.Sprintf("%s %d 条", name, n))
	}
	slices.Sort(what)
	fmt.Printf("密钥 %s 还要留着：%s。\n", key, strings.Join(what, "、"))
	return err
}
