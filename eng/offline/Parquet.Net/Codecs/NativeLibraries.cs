using System;
using System.Collections.Generic;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Parquet.Codecs;

/// <summary>Finds the system's compression libraries under the names they go by.</summary>
internal static class NativeLibraries
{
    public const string Snappy = "snappy";
    public const string Zstd = "zstd";

    private static readonly Dictionary<string, (string[] Names, string Package)> Known = new()
    {
        [Snappy] = (["libsnappy.so.1", "libsnappy.so", "libsnappy.1.dylib"], "libsnappy1v5"),
        [Zstd] = (["libzstd.so.1", "libzstd.so", "libzstd.1.dylib"], "libzstd1"),
    };

    [ModuleInitializer]
    internal static void Register() => NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, Resolve);

    private static nint Resolve(string library, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (!Known.TryGetValue(library, out var known))
        {
            return 0; // not ours: the runtime looks for it
        }

        foreach (var name in known.Names)
        {
            if (NativeLibrary.TryLoad(name, out var handle))
            {
                return handle;
            }
        }

        throw new DllNotFoundException(
            $"This file's compression needs one of {string.Join(", ", known.Names)}. Install it with: apt-get install {known.Package}");
    }
}
