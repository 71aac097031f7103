/* The one function of bcryptprimitives.dll that Rust's standard library calls, for versions of wine that lack the DLL. For
   tests under wine only. */
#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length)
{
    return RtlGenRandom(data, (ULONG)length);
}
