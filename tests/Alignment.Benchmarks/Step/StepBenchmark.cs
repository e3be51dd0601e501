using System.Globalization;
using TorchSharp;

namespace Alignment.Benchmarks;

/// <summary>
/// A DPO step of <see cref="Alignment.Training.DpoTrainer"/> beside the padded step with two forwards and full logits: seconds, peak of memory and
/// their ratios. The two run in turn, so that a noisy neighbour hits both, each in a process of its own, since peak and allocator belong to a process.
/// </summary>
/// <remarks>
/// What a step of the even lengths must cost, with N = 2,560 tokens stored, M = 1,024 of them predicted, 4,096 places of the padded batch; in billions of
/// operations (GF), of which a core does 90 to 97 a second in large float32 products:
/// <code>
///                       32k                                         128k
/// layers forward        2 · 9.44 M weights · N - 4.5 = 43.8         2 · 2.95 M · N - 2.1 = 13.0     (- : the last layer on M rows, keys and values on all)
/// attention forward     1.11 M scores · 6 heads · 64 · 4 · 5.5 = 9.4    1.11 M · 4 · 64 · 4 · 3.5 = 4.0   (4 · 384² + 8 · 128 · 512 scores a head and layer)
/// product with output   2 · M · 384 · 32,000 = 25.2                 2 · M · 256 · 128,256 = 67.2
/// ours                  4 · (43.8 + 9.4) + 4 · 25.2 = 314           4 · (13.0 + 4.0) + 4.5 · 67.2 = 370  (4: reference 1, policy 3; and rows not kept)
/// padded                4 · (77.3 + 19.3) + 4 · 100.7 = 789         4 · (24.2 + 8.6) + 4 · 269 = 1,207
/// ratio                 0.40                                        0.31
/// </code>
/// In bytes: weights of policy and reference, gradients and two moments are 5 · 136 = 681 MB (32k) and 5 · 143 = 717 MB (128k); activations kept for
/// backward about 640 and 260 MB, slopes of logits 131 and 256 MB, a chunk of 64 MB, the runtime about 100 MB: 1.6 and 1.4 GB. The padded step holds three tensors
/// <c>[8, T, V]</c> of 524 MB and 2.1 GB besides, and every pass over one of them is memory traffic and, with the default allocator, page faults.
/// </remarks>
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
