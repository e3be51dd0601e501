using System.Globalization;

namespace Alignment.Benchmarks;

/// <summary>What Linux says of this process.</summary>
internal static class Memory
{
    /// <param name="name">VmRSS: for what is resident now, VmHWM: for the most that was.</param>
    public static double Megabytes(string name)
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return double.Parse(line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
