package main_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"xinyuan/configs"
)

type composeService struct {
	Image       string            `yaml:"image"`
	Command     []string          `yaml:"command"`
	Environment map[string]string `yaml:"environment"`
	Secrets     []string          `yaml:"secrets"`
	Ports       []string          `yaml:"ports"`
	Networks    []string          `yaml:"networks"`
	ReadOnly    bool              `yaml:"read_only"`
	CapDrop     []string          `yaml:"cap_drop"`
	DependsOn   map[string]any    `yaml:"depends_on"`
}

// The compose file names settings that there are, holds no secret, and lets only this
// machine's proxy in. Nothing here runs Docker: docs/operations.md lists that by hand.
func TestCompose(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("deploy/compose.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Services map[string]composeService          `yaml:"services"`
		Networks map[string]struct{ Internal bool } `yaml:"networks"`
		Secrets  map[string]struct{ File string }   `yaml:"secrets"`
		Volumes  map[string]any                     `yaml:"volumes"`
	}
	if err := yaml.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	known := settingNames(t)
	for _, name := range []string{"mysql", "redis", "migrate", "serve"} {
		s, ok := file.Services[name]
		if !ok || s.Image == "" {
			t.Errorf("there is no service %s", name)
		}
		for variable, value := range s.Environment {
			if strings.HasPrefix(variable, "XINYUAN_") && !slices.Contains(known, strings.TrimSuffix(variable, "_FILE")) {
				t.Errorf("%s: %s is no setting", name, variable)
			}
			if regexp.MustCompile(`PASSWORD|SECRET|KEYS|DSN`).MatchString(variable) && !strings.HasPrefix(value, "/run/secrets/") {
				t.Errorf("%s: %s holds its value", name, variable)
			}
			if of, ok := strings.CutPrefix(value, "/run/secrets/"); ok && !slices.Contains(s.Secrets, of) {
				t.Errorf("%s is not given the secret %s", name, of)
			}
		}
		for _, secret := range s.Secrets {
			if !strings.HasPrefix(file.Secrets[secret].File, "secrets/") {
				t.Errorf("%s: the secret %s is no file of secrets/", name, secret)
			}
		}
		for _, port := range s.Ports {
			if !strings.HasPrefix(port, "127.0.0.1:") || name != "serve" {
				t.Errorf("%s is open at %s", name, port)
			}
		}
		if name != "serve" && !slices.Equal(s.Networks, []string{"inside"}) {
			t.Errorf("%s is in %v", name, s.Networks)
		}
		for other := range s.DependsOn {
			if _, ok := file.Services[other]; !ok {
				t.Errorf("%s waits for %s, which is not there", name, other)
			}
		}
	}
	serve := file.Services["serve"]
	if !file.Networks["inside"].Internal || !serve.ReadOnly || !slices.Equal(serve.CapDrop, []string{"ALL"}) || len(serve.Ports) != 1 {
		t.Errorf("serve: %+v", serve)
	}
	guide, err := os.ReadFile("docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	for secret, at := range file.Secrets {
		if !strings.Contains(string(guide), "> "+at.File) {
			t.Errorf("the guide does not make the secret %s", secret)
		}
	}
}

// settingNames are the variables of all settings.
func settingNames(t *testing.T) []string {
	t.Helper()
	var tree map[string]yaml.Node
	if err := yaml.Unmarshal(configs.Default, &tree); err != nil {
		t.Fatal(err)
	}
	var all []string
	for section, node := range tree {
		var keys map[string]yaml.Node
		if node.Decode(&keys) != nil {
			all = append(all, "XINYUAN_"+strings.ToUpper(section))
			continue
		}
		for key := range keys {
			all = append(all, "XINYUAN_"+strings.ToUpper(section+"_"+key))
		}
	}
	return all
}
