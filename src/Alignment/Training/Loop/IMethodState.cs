using System.Text.Json.Nodes;

namespace Alignment.Training;

/// <summary>What a method changes in a run beside its model, for a checkpoint to keep.</summary>
internal interface IMethodState
{
    /// <summary>All of it.</summary>
    JsonObject ToJson();

    /// <summary>Goes on from what <see cref="ToJson"/> gave.</summary>
    void Read(JsonObject json);
}
