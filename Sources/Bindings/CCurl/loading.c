// libcurl is loaded when the first letter is sent by SMTP, not when the program starts: it brings two dozen libraries with it,
// which cost 4 MB of memory. So the program is not linked with it. The functions that Swift calls are defined here, under their
// own names, and forward to the library's.

#include "loading.h"
#include "CCurl.h"

#include <dlfcn.h>

static void *library;

void *hemicycle_curl_function(const char *name) {
    return dlsym(library, name);
}

#define CURL_FUNCTION(name) ((__typeof__(&name))hemicycle_curl_function(#name))

CURLcode hemicycle_start_curl(void) {
    library = dlopen("libcurl.so.4", RTLD_LAZY | RTLD_LOCAL);
    return library == NULL ? CURLE_FAILED_INIT : CURL_FUNCTION(curl_global_init)(CURL_GLOBAL_DEFAULT);
}

CURL *curl_easy_init(void) {
    return CURL_FUNCTION(curl_easy_init)();
}

void curl_easy_cleanup(CURL *transfer) {
    CURL_FUNCTION(curl_easy_cleanup)(transfer);
}

CURLcode curl_easy_perform(CURL *transfer) {
    return CURL_FUNCTION(curl_easy_perform)(transfer);
}

const char *curl_easy_strerror(CURLcode code) {
    return CURL_FUNCTION(curl_easy_strerror)(code);
}

struct curl_slist *curl_slist_append(struct curl_slist *list, const char *text) {
    return CURL_FUNCTION(curl_slist_append)(list, text);
}

void curl_slist_free_all(struct curl_slist *list) {
    CURL_FUNCTION(curl_slist_free_all)(list);
}

char *curl_version(void) {
    return CURL_FUNCTION(curl_version)();
}
