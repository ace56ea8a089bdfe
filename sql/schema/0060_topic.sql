-- What letters are about, as a tree of two levels; what statistics ask of a letter besides its dates; and questions that the
-- system asks itself.

-- The upper level after the statistics that cities publish. id: the upper level ends in 00.
CREATE TABLE topic (
  id         SMALLINT UNSIGNED NOT NULL PRIMARY KEY,
  parent_id  SMALLINT UNSIGNED NULL,             -- of the upper level: NULL
  code       VARCHAR(24) NOT NULL,
  name       VARCHAR(40) NOT NULL,
  sort_order SMALLINT UNSIGNED NOT NULL,
  active     BOOLEAN NOT NULL DEFAULT TRUE,      -- offered for new letters
  UNIQUE KEY topic_code (code),
  CONSTRAINT topic_parent FOREIGN KEY (parent_id) REFERENCES topic (id)
) ENGINE=InnoDB;
INSERT INTO topic (id, parent_id, code, name, sort_order) VALUES
  ( 100, NULL, 'housing',      '住房保障与房产',   10), ( 101,  100, 'presale',      '商品房买卖和交付', 11),
  ( 102,  100, 'title_deed',   '不动产登记办证',   12), ( 103,  100, 'public_rental', '保障房和公租房',  13),
  ( 104,  100, 'provident',    '住房公积金',       14), ( 105,  100, 'demolition',   '征收拆迁补偿',     15),
  ( 200, NULL, 'roads',        '道路交通',         20), ( 201,  200, 'road_repair',  '道路修建和养护',   21),
  ( 202,  200, 'bus',          '公交和客运',       22), ( 203,  200, 'parking',      '停车管理',         23),
  ( 204,  200, 'traffic_order', '交通秩序和信号',  24), ( 205,  200, 'street_lamp',  '路灯照明',         25),
  ( 300, NULL, 'property',     '物业管理',         30), ( 301,  300, 'property_fee', '物业服务和收费',   31),
  ( 302,  300, 'owners',       '业主委员会',       32), ( 303,  300, 'repair_fund',  '维修资金和电梯',   33),
  ( 400, NULL, 'city',         '城市管理',         40), ( 401,  400, 'illegal_build', '违法建设',        41),
  ( 402,  400, 'stalls',       '占道经营',         42), ( 403,  400, 'cleaning',     '环境卫生和垃圾',   43),
  ( 404,  400, 'green',        '园林绿化',         44), ( 405,  400, 'site_noise',   '施工噪声',         45),
  ( 500, NULL, 'environment',  '生态环境',         50), ( 501,  500, 'air',          '大气和油烟',       51),
  ( 502,  500, 'water_body',   '水体污染',         52), ( 503,  500, 'noise',        '社会生活噪声',     53),
  ( 600, NULL, 'utilities',    '水电气热',         60), ( 601,  600, 'water',        '供水排水',         61),
  ( 602,  600, 'power',        '供电',             62), ( 603,  600, 'gas',          '燃气',             63),
  ( 604,  600, 'heating',      '供暖',             64), ( 605,  600, 'telecom',      '通信网络',         65),
  ( 700, NULL, 'education',    '教育',             70), ( 701,  700, 'admission',    '入学招生',         71),
  ( 702,  700, 'school',       '学校管理和收费',   72), ( 703,  700, 'training',     '校外培训',         73),
  ( 800, NULL, 'health',       '医疗卫生',         80), ( 801,  800, 'hospital',     '医院服务',         81),
  ( 802,  800, 'medical_insurance', '医疗保险',    82), ( 803,  800, 'childbirth',   '生育和托育',       83),
  ( 900, NULL, 'welfare',      '社会保障与民政',   90), ( 901,  900, 'pension',      '养老保险',         91),
  ( 902,  900, 'relief',       '低保和救助',       92), ( 903,  900, 'elderly',      '养老服务',         93),
  ( 904,  900, 'veterans',     '退役军人',         94),
  (1000, NULL, 'labour',       '就业与劳动',      100), (1001, 1000, 'wages',        '拖欠工资',        101),
  (1002, 1000, 'jobs',         '就业创业补贴',    102), (1003, 1000, 'exams',        '考试和职称',      103),
  (1100, NULL, 'countryside',  '农业农村',        110), (1101, 1100, 'land',         '土地承包和宅基地', 111),
  (1102, 1100, 'village',      '村务和村庄建设',  112), (1103, 1100, 'farm_subsidy', '农业补贴',        113),
  (1200, NULL, 'market',       '市场监管与消费',  120), (1201, 1200, 'consumer',     '消费维权',        121),
  (1202, 1200, 'food',         '食品药品安全',    122), (1203, 1200, 'price',        '价格和收费',      123),
  (1300, NULL, 'safety',       '公共安全',        130), (1301, 1300, 'fire',         '消防安全',        131),
  (1302, 1300, 'police',       '治安和户籍',      132), (1303, 1300, 'work_safety',  '安全生产',        133),
  (1400, NULL, 'service',      '政务服务与作风',  140), (1401, 1400, 'window',       '窗口服务',        141),
  (1402, 1400, 'conduct',      '工作作风',        142), (1403, 1400, 'website',      '政府网站和平台',  143),
  (1500, NULL, 'business',     '营商环境与经济',  150), (1501, 1500, 'licence',      '审批和许可',      151),
  (1502, 1500, 'finance',      '金融和税务',      152), (1503, 1500, 'invest',       '招商和扶持政策',  153),
  (1600, NULL, 'culture',      '文体旅游',        160), (1601, 1600, 'tourism',      '旅游和景区',      161),
  (1602, 1600, 'sport',        '体育场馆',        162), (1603, 1600, 'library',      '文化设施',        163),
  (1900, NULL, 'other',        '其他',            190);

-- marks: what has happened to a letter once and stays true (history tells when): 1 its answer's term was extended, 2 a unit
-- objected and it went to another one, 4 its answer was sent back by a reviewer, 8 it was handled once more after it had been
-- answered. Written with every change of the letter.
-- simulated: a question that the system asked to measure the answer; no statistics, no publication.
ALTER TABLE ticket
  ADD COLUMN topic_id SMALLINT UNSIGNED NULL,
  ADD COLUMN simulated BOOLEAN NOT NULL DEFAULT FALSE,
  ADD COLUMN marks TINYINT UNSIGNED NOT NULL DEFAULT 0;
ALTER TABLE ticket
  ADD CONSTRAINT ticket_topic FOREIGN KEY (topic_id) REFERENCES topic (id);
UPDATE ticket t SET t.marks = COALESCE((SELECT BIT_OR(CASE h.action WHEN 'approve_extension' THEN 1 WHEN 'uphold' THEN 2
    WHEN 'return_reply' THEN 4 WHEN 'superior_return' THEN 4 WHEN 'reopen' THEN 8 ELSE 0 END)
    FROM history h WHERE h.ticket_id = t.id), 0);
