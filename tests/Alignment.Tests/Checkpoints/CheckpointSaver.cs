using System.Text.Json.Nodes;
using Alignment.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Alignment.Tests.Checkpoints;

/// <summary>Saves one checkpoint after another until it is killed. All that is in the checkpoint of a step follows from the step.</summary>
internal static class CheckpointSaver
{
    public const int Keep = 2;

    private static readonly (string Name, long[] Shape, ScalarType Type)[] Tensors =
    [
        ("weights", [300, 1000], ScalarType.Float32), ("moments", [5, 7], ScalarType.Float64), ("half", [9], ScalarType.BFloat16), ("seeds", [3], ScalarType.Int64),
    ];

    public static int Run(string folder)
    {
        using (var trial = new CheckpointStore($"{folder}-trial")) Save(trial, 1);   // so that all is compiled and kills fall into saves
        using var store = new CheckpointStore(folder, Keep);
        using var newest = store.Newest();
        Console.WriteLine($"from {newest?.Step ?? 0}");
        for (var step = (newest?.Step ?? 0) + 1; ; step++)
        {
            Save(store, step);
            Console.WriteLine($"saved {step}");
        }
    }

    public static void Save(CheckpointStore store, int step)
    {
        using var scope = NewDisposeScope();
        store.Save(step, [.. Tensors.Select(tensor => (tensor.Name, full(tensor.Shape, step % 251, tensor.Type)))], State(step));
    }

    public static JsonObject State(int step) => new() { ["cursor"] = step, ["text"] = new string('x', step % 1000) };

    /// <summary>Nothing in the checkpoint is of another step.</summary>
    public static void AssertConsistent(Checkpoint checkpoint)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(Tensors.Select(tensor => tensor.Name).Order(), checkpoint.Names.Order());
        foreach (var (name, shape, type) in Tensors)
        {
            var tensor = checkpoint.Read(name);
            Assert.Equal((type, string.Join(' ', shape)), (tensor.dtype, string.Join(' ', tensor.shape)));
            Assert.True(tensor.eq(checkpoint.Step % 251).all().ToBoolean(), $"{name} of step {checkpoint.Step}");
        }
        Assert.Equal(State(checkpoint.Step).ToJsonString(), checkpoint.State.ToJsonString());
    }
}
