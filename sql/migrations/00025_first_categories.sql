-- +goose Up
INSERT INTO categories (code, name, is_sensitive, position) VALUES
  ('goods', '物品需求', FALSE, 1), ('repair', '小修小补', FALSE, 2), ('errand', '跑腿代办', FALSE, 3),
  ('company', '陪伴探望', FALSE, 4), ('study', '助学帮教', FALSE, 5), ('phone', '手机使用', FALSE, 6),
  ('law', '政策法律', TRUE, 7), ('health', '看病陪护', TRUE, 8), ('hardship', '生活困难', TRUE, 9),
  ('other', '其他', FALSE, 10);
