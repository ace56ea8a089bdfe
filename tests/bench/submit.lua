-- A new letter with each request: `wrk -s submit.lua URL -- BODYFILE`. One line of JSON at the end.
local threads, n, mark, before, after = 0, 0

function setup(thread)
	thread:set("number", threads)
	threads = threads + 1
end

function init(args)
	local body = io.open(args[1]):read("*a"):gsub("\n", "\\n")
	before = '{"type":"complaint","title":"路灯不亮请维修 000000000000","body":"' .. body ..
		'","contact":{"name":"王小明","phone":"13800138000"},"place":"人民路 12 号","publish":true,"idempotency_key":"'
	math.randomseed(os.time() * 100 + number)
	mark = string.format("bench%d-%d-%d-", os.time(), number, math.random(1e9))
	wrk.method = "POST"
	wrk.headers["Content-Type"] = "application/json"
end

function request()
	n = n + 1
	return wrk.format(nil, nil, nil, before .. mark .. n .. '"}')
end

function done(summary, latency)
	local e = summary.errors
	io.write(string.format('{"requests":%d,"us":%d,"errors":%d,"p50_us":%d,"p99_us":%d}\n', summary.requests,
		summary.duration, e.connect + e.read + e.write + e.timeout + e.status, latency:percentile(50),
		latency:percentile(99)))
end
