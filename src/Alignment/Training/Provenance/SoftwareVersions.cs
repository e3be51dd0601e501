using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Alignment.Training;

/// <summary>What this process runs on.</summary>
internal static class SoftwareVersions
{
    public static IReadOnlyDictionary<string, string> OfThisProcess() => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["Alignment"] = Of(typeof(SoftwareVersions).Assembly),
        ["TorchSharp"] = Of(typeof(torch).Assembly),
        ["libtorch"] = torch.__version__,
        [".NET"] = Environment.Version.ToString(),
        ["Operating system"] = $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}",
    };

    /// <summary>The version that a package has, with the commit where it is known.</summary>
    public static string Of(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? $"{assembly.GetName().Version}";
}
