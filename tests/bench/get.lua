-- Pages as they are: `wrk -s get.lua URL`. One line of JSON at the end.
function done(summary, latency)
	local e = summary.errors
	io.write(string.format('{"requests":%d,"us":%d,"errors":%d,"p50_us":%d,"p99_us":%d}\n', summary.requests,
		summary.duration, e.connect + e.read + e.write + e.timeout + e.status, latency:percentile(50),
		latency:percentile(99)))
end
