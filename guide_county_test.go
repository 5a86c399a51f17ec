package main_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"mime/multipart"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// county is the people of the new county, on their phones.
type county struct {
	t      *testing.T
	m      *machine
	base   string
	client *http.Client
	tokens map[string]string
	home   string // the community of the walk
	wish   string // the path of its wish
}

// call sends as the person and wants the status.
func (c *county) call(who, method, path string, body any, want int) map[string]any {
	c.t.Helper()
	if c.tokens[who] == "" && path != "/sessions" {
		answer := c.call(who, "POST", "/sessions", map[string]any{"code": c.m.wechat.NewCode("openid-" + who)}, 201)
		c.tokens[who], _ = answer["token"].(string)
	}
	text, err := json.Marshal(body)
	if err != nil {
		c.t.Fatal(err)
	}
	return c.send(who, method, path, "application/json", bytes.NewReader(text), want)
}

func (c *county) send(who, method, path, kind string, body io.Reader, want int) map[string]any {
	c.t.Helper()
	r, err := http.NewRequestWithContext(c.t.Context(), method, c.base+path, body)
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header.Set("Content-Type", kind)
	if path != "/sessions" {
		r.Header.Set("Authorization", "Bearer "+c.tokens[who])
	}
	response, err := c.client.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	said, err := io.ReadAll(response.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	if response.StatusCode != want {
		c.t.Fatalf("%s %s as %s: %d, want %d: %s", method, path, who, response.StatusCode, want, said)
	}
	var answer map[string]any
	if len(said) > 0 {
		if err := json.Unmarshal(said, &answer); err != nil {
			c.t.Fatal(err)
		}
	}
	return answer
}

func (c *county) number(who string) string {
	c.t.Helper()
	return fmt.Sprint(c.call(who, "GET", "/me/number", nil, 200)["number"])
}

// give finds a person by their number, as the page 岗位 does, and gives a role.
func (c *county) give(from, to, role, node string) {
	c.t.Helper()
	found := c.call(from, "GET", "/people?number="+c.number(to), nil, 200)
	c.call(from, "POST", "/grants", map[string]any{"userId": found["id"], "role": role, "nodeId": node}, 201)
}

// child is the place of this name below a place.
func (c *county) child(of, name string) string {
	c.t.Helper()
	items, _ := c.call("officer", "GET", "/nodes?parentId="+of, nil, 200)["items"].([]any)
	for _, item := range items {
		if node, _ := item.(map[string]any); node["name"] == name {
			return fmt.Sprint(node["id"])
		}
	}
	c.t.Fatalf("no %s below %s: %v", name, of, items)
	return ""
}

// walk leads from the first officer over 岗位 to a published wish.
func (c *county) walk(install func(number string) string) {
	c.t.Helper()
	if said := install(c.number("officer")); !strings.Contains(said, "已设为县级负责人") {
		c.t.Fatalf("install: %s", said)
	}
	roots, _ := c.call("officer", "GET", "/nodes?kind=county", nil, 200)["items"].([]any)
	top, _ := roots[0].(map[string]any)
	street := c.child(fmt.Sprint(top["id"]), "茂山街道")
	community := c.child(street, "茂山社区")
	c.give("officer", "street", "street", street)
	c.give("street", "secretary", "secretary", community)
	wish := c.call("resident", "POST", "/wishes", map[string]any{
		"photoIds": []any{c.picture("resident")},
		"nodeId":   community, "category": "repair", "title": "想修一下厨房的灯", "description": "灯不亮了，够不着。",
		"contact": map[string]any{"name": "刘桂兰", "phone": "13904350001", "address": "3 号楼 2 单元 301"},
	}, 201)
	path := "/wishes/" + fmt.Sprint(wish["id"])
	c.call("secretary", "POST", path+"/review", map[string]any{"decision": "publish"}, 200)
	published, _ := c.call("resident-2", "GET", path, nil, 200)["wish"].(map[string]any)
	if published["status"] != "open" {
		c.t.Errorf("the wish: %v", published)
	}
	c.home, c.wish = community, path
}

// picture sends a picture and is told its id.
func (c *county) picture(who string) any {
	c.t.Helper()
	c.number(who) // logs in
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	file, err := form.CreateFormFile("file", "lamp.jpg")
	if err != nil {
		c.t.Fatal(err)
	}
	if err := errors.Join(jpeg.Encode(file, image.NewGray(image.Rect(0, 0, 60, 40)), nil), form.Close()); err != nil {
		c.t.Fatal(err)
	}
	return c.send(who, "POST", "/media", form.FormDataContentType(), &body, 201)["id"]
}

// reviewed opens the accounts for WeChat's reviewers as the guide says, logs in by the
// code of the secretary, and closes them again.
func (c *county) reviewed() {
	c.t.Helper()
	blocks := commandsOf(c.t, "docs/launch.md", "四、审核")
	said := c.m.bash(blocks[0])
	code := regexp.MustCompile(`社区书记：([A-Z2-7-]{19})`).FindStringSubmatch(said)
	if code == nil {
		c.t.Fatalf("review on: %s", said)
	}
	log := func(want int) {
		c.t.Helper()
		answer := c.call("reviewer", "POST", "/sessions", map[string]any{"code": c.m.wechat.NewCode("openid-reviewer")}, 201)
		c.tokens["reviewer"], _ = answer["token"].(string)
		c.call("reviewer", "POST", "/review-sessions", map[string]any{"code": code[1]}, want)
	}
	log(201)
	if said = c.m.bash(blocks[1]); !strings.Contains(said, "审核账号开着") || !strings.Contains(said, "登录过 1 次") ||
		!strings.Contains(said, "审核码全部作废") {
		c.t.Errorf("review status and off: %s", said)
	}
	log(422)
	if said = c.m.bash("xinyuan review status; xinyuan review on --days 31 2>&1 || true"); !strings.Contains(said, "审核账号关着") ||
		!strings.Contains(said, "写 1 到 30") {
		c.t.Errorf("review without end: %s", said)
	}
}
