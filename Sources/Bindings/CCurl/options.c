#include "CCurl.h"
#include "loading.h"

// Both are macros in curl.h, which check types that are right here.
#undef curl_easy_setopt
#undef curl_easy_getinfo
#define SET ((__typeof__(&curl_easy_setopt))hemicycle_curl_function("curl_easy_setopt"))
#define GET ((__typeof__(&curl_easy_getinfo))hemicycle_curl_function("curl_easy_getinfo"))

CURLcode hemicycle_set_number(CURL *transfer, CURLoption option, long value) {
    return SET(transfer, option, value);
}

CURLcode hemicycle_set_text(CURL *transfer, CURLoption option, const char *text) {
    return SET(transfer, option, text);
}

CURLcode hemicycle_set_recipients(CURL *transfer, struct curl_slist *recipients) {
    return SET(transfer, CURLOPT_MAIL_RCPT, recipients);
}

CURLcode hemicycle_set_source(CURL *transfer, FILE *source) {
    return SET(transfer, CURLOPT_READDATA, source);
}

CURLcode hemicycle_set_watch(CURL *transfer, curl_xferinfo_callback watch, void *context) {
    CURLcode code = SET(transfer, CURLOPT_XFERINFOFUNCTION, watch);
    if (code == CURLE_OK) code = SET(transfer, CURLOPT_XFERINFODATA, context);
    return code == CURLE_OK ? SET(transfer, CURLOPT_NOPROGRESS, 0L) : code;
}

CURLcode hemicycle_set_complaint(CURL *transfer, char *complaint) {
    return SET(transfer, CURLOPT_ERRORBUFFER, complaint);
}

long hemicycle_last_answer(CURL *transfer) {
    long code = 0;
    return GET(transfer, CURLINFO_RESPONSE_CODE, &code) == CURLE_OK ? code : 0;
}
