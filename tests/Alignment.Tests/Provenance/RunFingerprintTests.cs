using System.Text.Json.Nodes;
using Alignment.Losses;
using Alignment.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Alignment.Tests.Provenance;

public sealed class RunFingerprintTests : IDisposable
{
    private static readonly DataFingerprint Rows = new(1820, 123_456, new string('a', 64)), OtherRows = new(1821, 123_500, new string('b', 64));

    private readonly nn.Module _model = Model(4, 8), _otherModel = Model(4, 9);

    [Fact]
    public void The_same_run_goes_on_whatever_is_shown_and_saved()
    {
        var saved = Of(new SftOptions());
        Of(new SftOptions { Run = new RunOptions { LoggingSteps = 1 } }).RequireSame(ReadBack(saved), "checkpoint-000500");
        Assert.Equal(saved.ToJson().ToJsonString(), ReadBack(saved).ToJson().ToJsonString());
    }

    [Fact]
    public void Another_run_is_refused_and_every_difference_named()
    {
        var saved = RunFingerprint.Of("DPO", new DpoOptions { Optimizer = new OptimizerOptions { LearningRate = 5e-7 } }, Data(("data", Rows), ("held-out data", Rows)), _model);
        var options = new DpoOptions { Loss = new SimPoLoss(), Optimizer = new OptimizerOptions { LearningRate = 1e-6, WarmupSteps = 10 }, Run = new RunOptions { MaxSteps = 50, LoggingSteps = 1 } };
        _otherModel.get_parameter("bias")!.requires_grad_(false);
        var now = RunFingerprint.Of("KTO", options, Data(("data", OtherRows)), _otherModel);
        Assert.Equal("""
            runs/a/checkpoint-000500: is of another run, and going on from it would give neither's result. Restore what was, or name another folder:
            - method: was DPO, is KTO
            - Loss: was DpoLoss, is SimPoLoss
            - Loss.Beta: was 0.1, is 2
            - Loss.Divergence: was ReverseKl, is missing
            - Loss.Gamma: was missing, is 0.5
            - Loss.LabelSmoothing: was 0, is missing
            - Optimizer.LearningRate: was 5e-7, is 1e-6
            - Optimizer.WarmupSteps: was 0, is 10
            - Run.MaxSteps: was not set, is 50
            - data: was 1,820 rows of 123,456 tokens (SHA-256 aaaaaaaaaaaa...), is 1,821 rows of 123,500 tokens (SHA-256 bbbbbbbbbbbb...)
            - held-out data: was 1,820 rows of 123,456 tokens (SHA-256 aaaaaaaaaaaa...), is missing
            - parameter bias: was Float32 [4], trained, is Float32 [4], frozen
            - parameter weight: was Float32 [4, 8], trained, is Float32 [4, 9], trained
            """, Assert.Throws<CheckpointException>(() => now.RequireSame(ReadBack(saved), "runs/a/checkpoint-000500")).Message);
    }

    [Fact]
    public void A_long_list_of_differences_is_cut()
    {
        var saved = Of(new SftOptions()) with { Parameters = Enumerable.Range(10, 40).ToDictionary(i => $"p{i}", _ => "Float32 [1], trained") };
        var message = Assert.Throws<CheckpointException>(() => Of(new SftOptions()).RequireSame(saved, "c")).Message;
        Assert.Equal(22, message.Split('\n').Length);   // one line, 20 differences, and how many more of 42
        Assert.EndsWith("\n- and 22 more", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null"), InlineData("[]"), InlineData("{}"), InlineData("""{"method":1,"settings":{},"data":{},"parameters":{}}""")]
    [InlineData("""{"method":"DPO","settings":[],"data":{},"parameters":{}}"""), InlineData("""{"method":"DPO","settings":{"a":1},"data":{},"parameters":{}}""")]
    [InlineData("""{"method":"DPO","settings":{},"data":{"data":{"rows":"x","tokens":1,"sha256":""}},"parameters":{}}""")]
    [InlineData("""{"method":"DPO","settings":{},"data":{"data":{"rows":1e30,"tokens":1,"sha256":""}},"parameters":{}}""")]
    [InlineData("""{"method":"DPO","settings":{},"data":{"data":null},"parameters":{}}""")]
    public void A_state_that_is_none_is_refused(string json) =>
        Assert.StartsWith("c: its state does not say what run it is of. ", Assert.Throws<CheckpointException>(() => RunFingerprint.FromJson(JsonNode.Parse(json), "c")).Message, StringComparison.Ordinal);

    public void Dispose()
    {
        _model.Dispose();
        _otherModel.Dispose();
    }

    private static TorchSharp.Modules.Linear Model(int outputs, int inputs) => nn.Linear(inputs, outputs);

    private static Dictionary<string, DataFingerprint> Data(params (string Name, DataFingerprint Data)[] data) => data.ToDictionary(entry => entry.Name, entry => entry.Data);

    private static RunFingerprint ReadBack(RunFingerprint fingerprint) => RunFingerprint.FromJson(JsonNode.Parse(fingerprint.ToJson().ToJsonString()), "c");

    private RunFingerprint Of(SftOptions options) => RunFingerprint.Of("SFT", options, Data(("data", Rows)), _model);
}
