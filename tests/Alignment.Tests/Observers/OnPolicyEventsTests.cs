using Alignment.Tests.Ppo;
using Alignment.Training;
using Microsoft.Extensions.Logging;

namespace Alignment.Tests.Observers;

/// <summary>What people hear of a run on its own responses: what its models hold, and some of the responses.</summary>
public sealed class OnPolicyEventsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Models_are_a_table_and_samples_are_logged_at_Trace_alone()
    {
        using var models = TinyRun.Models();
        using var writer = new StringWriter { NewLine = "\n" };
        var (trace, debug) = (new ListLogger(LogLevel.Trace), new ListLogger(LogLevel.Debug));
        new PpoTrainer(models.All, new PpoOptions
        {
            Rollout = TinyRun.Rollout(),
            Run = new RunOptions { MaxSteps = 1, BatchSize = 6, Tokenizer = new Generation.ByteTokenizer() },
        }).Train(TinyRun.Prompts, null, RunObservers.All(new TextObserver(writer), new LoggerObserver(trace), new LoggerObserver(debug), new JsonlObserver(folder.File("metrics.jsonl"))));
        Assert.Contains("""
            models in memory, 0.0 MB of weights:
              policy               2,864 parameters,           2,864 trained,        0.0 MB
              reference            2,864 parameters,               0 trained,        0.0 MB
              value                2,560 parameters,           2,560 trained,        0.0 MB

            """.ReplaceLineEndings("\n"), writer.ToString().ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains(debug.Messages, message => message.Id == 112 && message.Text.StartsWith("models in memory", StringComparison.Ordinal));
        Assert.DoesNotContain(debug.Messages, message => message.Id == 113);
        Assert.Equal(4, trace.Messages.Count(message => message.Id == 113));
        Assert.Matches("^Step 1, score \\d: prompt .+ was answered ", trace.Messages.First(message => message.Id == 113).Text);
        Assert.Equal("""{"event":"models","step":0,"parts":[{"name":"policy","parameters":2864,"trained_parameters":2864,"bytes":11456},{"name":"reference","parameters":2864,"trained_parameters":0,"bytes":11456},{"name":"value","parameters":2560,"trained_parameters":2560,"bytes":10240}]}""",
            File.ReadLines(folder.File("metrics.jsonl")).ElementAt(1));
    }

    public void Dispose() => folder.Dispose();
}
