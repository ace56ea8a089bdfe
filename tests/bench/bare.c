/* bare - the limit of a page: answers every FastCGI request with the same bytes, read from a file at the start.
 * `bare FILE TYPE`, with the listening socket as descriptor 0, as minsheng-web has it. */
#include <fcgiapp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ANSWER_MAX (1 << 20)

int main(int argc, char **argv)
{
	static char answer[ANSWER_MAX];
	FILE *f = argc == 3 ? fopen(argv[1], "rb") : NULL;
	FCGX_Request request;
	int head, n;

	if (!f) {
		fputs("usage: bare FILE TYPE   (with the listening socket as descriptor 0)\n", stderr);
		return 2;
	}
	head = snprintf(answer, sizeof(answer), "Status: 200\r\nContent-Type: %s\r\nCache-Control: no-store\r\n\r\n", argv[2]);
	n = head + (int)fread(answer + head, 1, sizeof(answer) - (size_t)head, f);
	fclose(f);
	if (FCGX_Init() || FCGX_InitRequest(&request, 0, 0))
		return 1;
	while (FCGX_Accept_r(&request) == 0) {
		FCGX_PutStr(answer, n, request.out);
		FCGX_Finish_r(&request);
	}
	return 1;
}
