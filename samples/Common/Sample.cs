using Alignment.Training;

namespace Alignment.Samples;

/// <summary>What all samples share of being a program: arguments, signals and exit codes.</summary>
internal static class Sample
{
    private const int Met = 0, Missed = 1, Misused = 2;

    /// <summary>
    /// Runs a sample. It ends with 0 where its result is as good as was asked for and with 1 where it is not, or where data, files or training
    /// are at fault; with 2 after wrong arguments; with 130 or 143 after Ctrl-C or SIGTERM.
    /// </summary>
    /// <param name="args">The command line; <c>--help</c> lists what it can hold.</param>
    /// <param name="run">The sample; whether its result is good enough.</param>
    public static async Task<int> RunAsync<TSettings>(string[] args, Func<TSettings, CancellationToken, Task<bool>> run) where TSettings : new()
    {
        using var signals = new StopSignals();
        try
        {
            if (args.Contains("--help"))
            {
                CommandLine.WriteHelp<TSettings>();
                return Met;
            }
            return await run(CommandLine.Parse<TSettings>(args), signals.Token) ? Met : Missed;
        }
        catch (OperationCanceledException) when (signals.ExitCode is { } code)
        {
            return Fail("Stopped.", code);
        }
        catch (ArgumentException error)
        {
            var message = error.Message.Replace($" (Parameter '{error.ParamName}')", "", StringComparison.Ordinal);
            return Fail(message.ReplaceLineEndings(" "), Misused);
        }
        catch (Exception error) when (IsExplained(error))
        {
            return Fail(error.Message, Missed);
        }
    }

    // What the library throws says what is wrong with data, files or the run; anything else is a bug, and wants its stack trace.
    private static bool IsExplained(Exception error) => error is IOException or InvalidDataException or UnauthorizedAccessException
        || error.GetType().Namespace!.StartsWith(nameof(Alignment), StringComparison.Ordinal);

    private static int Fail(string message, int code)
    {
        Console.Error.WriteLine(message);
        return code;
    }
}
