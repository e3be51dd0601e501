using System.Text;
using System.Text.Json.Nodes;

namespace Alignment.Feedback;

/// <summary>A constitution as JSON.</summary>
internal static class ConstitutionWriter
{
    public static string Write(Constitution constitution)
    {
        using var stream = new MemoryStream();
        JsonText.Write(stream, new JsonObject
        {
            ["schemaVersion"] = Constitution.SchemaVersion,
            ["name"] = constitution.Name,
            ["version"] = constitution.Version,
            ["language"] = ConstitutionReader.Code(constitution.Language),
            ["principles"] = new JsonArray([.. constitution.Principles.Select(principle => new JsonObject
            {
                ["id"] = principle.Id,
                ["text"] = principle.Text,
                ["critique"] = principle.CritiqueRequest,
                ["revision"] = principle.RevisionRequest,
                ["weight"] = principle.Weight,
                ["tags"] = new JsonArray([.. principle.Tags.Select(tag => JsonValue.Create(tag))]),
            })]),
        });
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
