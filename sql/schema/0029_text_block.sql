-- Pieces of text to begin an answer with. Of one officer, of a unit, or of the whole city. {编号} {标题} {单位} {电话}
-- {受理日期} are filled in from the letter.
CREATE TABLE text_block (
  id         INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  unit_id    INT UNSIGNED NULL,                  -- NULL: all units
  officer_id INT UNSIGNED NULL,                  -- NULL: shared
  type       ENUM('leader_mail','consult','complaint','suggestion','site_error') NULL, -- NULL: all
  title      VARCHAR(140) NOT NULL,
  body       TEXT NOT NULL,
  changed_at DATETIME NOT NULL,
  changed_by INT UNSIGNED NULL,                  -- NULL: came with the system
  KEY text_block_owner (officer_id, unit_id),
  CONSTRAINT text_block_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
  CONSTRAINT text_block_officer FOREIGN KEY (officer_id) REFERENCES officer (id)
) ENGINE=InnoDB;
INSERT INTO text_block (type, title, body, changed_at) VALUES
(NULL, '开头', '您好！您关于“{标题}”的来信（编号 {编号}）收悉，我单位已于{受理日期}受理。现答复如下：', UTC_TIMESTAMP()),
(NULL, '结尾：联系方式', '如对以上答复还有疑问，请在工作时间与我们联系。联系电话：{电话}（{单位}）。感谢您对我们工作的关心和监督。', UTC_TIMESTAMP()),
('consult', '咨询：依据和条件', '根据《××》第××条的规定，办理××应当同时符合以下条件：
一、××；
二、××。
您来信所说的情况符合上述第××项，可以办理。', UTC_TIMESTAMP()),
('consult', '咨询：怎么办理', '办理地点：××。办理时间：工作日上午××、下午××。
需要带的材料：××、××。也可以在××网上办理。不收费用，××个工作日内办结。', UTC_TIMESTAMP()),
('complaint', '投诉：查明的事实', '收到来信后，我单位工作人员于××月××日到现场核查。经查，××。您反映的问题属实。', UTC_TIMESTAMP()),
('complaint', '投诉：处理结果', '依据《××》第××条的规定，我单位已责令××整改，整改于××月××日前完成。我们将于××月××日复查，并把结果告知您。', UTC_TIMESTAMP()),
('complaint', '投诉：不予支持和救济途径', '依据《××》第××条的规定，您提出的××不符合××，不予支持。理由是：××。
如您不服本答复所依据的行政行为，可以自知道之日起六十日内向××申请行政复议，或者在六个月内向有管辖权的人民法院提起行政诉讼。', UTC_TIMESTAMP()),
('suggestion', '建议：采纳', '您的建议很有价值，经研究，予以采纳。我单位计划××，预计××年××月完成，完成后在网上公布。', UTC_TIMESTAMP()),
('suggestion', '建议：暂不采纳', '经研究，依据《××》的有关规定，您的建议目前不具备实施条件，暂未采纳。主要原因是：××。我们已把建议记录在案，待××后再行研究。', UTC_TIMESTAMP()),
('site_error', '网站找错：已改正', '您指出的页面存在××的问题，经核查属实，已于××月××日改正。感谢您帮助我们把网站办好。', UTC_TIMESTAMP()),
('site_error', '网站找错：不是错误', '经核查，您指出的内容与《××》一致，不是错误。', UTC_TIMESTAMP()),
('leader_mail', '领导信箱：调查处理', '您写给市领导的来信由{单位}办理。我单位进行了调查核实，经查：××。依据《××》第××条的规定，处理意见如下：××。', UTC_TIMESTAMP());
