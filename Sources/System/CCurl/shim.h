#include <curl/curl.h>

// libcurl's setters and getters are variadic in C, which Swift cannot call: one typed door for each
// kind of argument that the transport uses.

typedef size_t (*acsync_write_callback)(char *bytes, size_t size, size_t count, void *context);
typedef int (*acsync_progress_callback)(
    void *context, curl_off_t total, curl_off_t received, curl_off_t upload_total, curl_off_t sent);

static inline CURLcode acsync_curl_set_long(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode acsync_curl_set_string(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode acsync_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode acsync_curl_set_write(
    CURL *handle, CURLoption option, acsync_write_callback value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode acsync_curl_set_progress(CURL *handle, acsync_progress_callback value) {
  return curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, value);
}

static inline CURLcode acsync_curl_get_long(CURL *handle, CURLINFO info, long *value) {
  return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode acsync_curl_get_string(CURL *handle, CURLINFO info, const char **value) {
  return curl_easy_getinfo(handle, info, value);
}
