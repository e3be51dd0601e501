using System.Globalization;
using TorchSharp;

namespace Alignment.Benchmarks;

/// <summary>
/// A DPO step of <see cref="Alignment.Training.DpoTrainer"/> beside the padded step with two forwards and full logits: seconds, peak of memory and
/// their ratios. The two run in turn, so that a noisy neighbour hits both, each in a process of its own, since peak and allocator belong to a process.
/// </summary>
internal static class StepBenchmark
{
    private const int UsualRounds = 4;
    private const double Tolerance = 1e-4;

    /// <param name="words">Parts of names of settings, all of which must fit; numbers are those of threads and of rounds.</param>
    public static void Print(string[] words)
    {
        int[] numbers = [.. words.Where(IsNumber).Select(word => int.Parse(word, CultureInfo.InvariantCulture))];
        var (threads, rounds) = (numbers.ElementAtOrDefault(0), numbers.Length > 1 ? numbers[1] : UsualRounds);
        var parts = words.Where(word => !IsNumber(word)).ToList();
        foreach (var setting in StepSetting.All.Where(setting => parts.All(part => setting.Name.Contains(part, StringComparison.Ordinal))))
        {
            Console.WriteLine($"{setting.Name} on {(threads > 0 ? threads : torch.get_num_threads())} threads");
            using var ours = new StepProcess(setting, "ours", threads);
            using var padded = new StepProcess(setting, "padded", threads);
            RequireNear(setting, "loss", ours.Result.Loss, padded.Result.Loss);
            RequireNear(setting, "gradient norm", ours.Result.Norm, padded.Result.Norm);
            for (var round = 0; round < rounds; round++)
            {
                ours.Step();
                padded.Step();
            }
            Print("ours", ours);
            Print("padded", padded);
            Console.WriteLine($"{setting.Name} time-ratio {ours.BestSeconds / padded.BestSeconds:F3} memory-ratio {ours.PeakMegabytes / padded.PeakMegabytes:F3}");
        }
    }

    private static bool IsNumber(string word) => word.All(char.IsAsciiDigit);

    private static void Print(string way, StepProcess process) => Console.WriteLine(
        $"  {way,-7} {process.BestSeconds,7:F3} s  {process.BestProcessorSeconds,7:F3} processor s  {process.PeakMegabytes,6:F0} MB  loss {process.Result.Loss:F6}  norm {process.Result.Norm:F4}");

    private static void RequireNear(StepSetting setting, string what, double ours, double padded)
    {
        if (Math.Abs(ours - padded) <= Tolerance * Math.Abs(padded)) return;
        throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{setting.Name}: the {what} must be that of the padded step, {padded}; was {ours}."));
    }
}
