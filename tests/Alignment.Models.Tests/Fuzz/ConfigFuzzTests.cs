using System.Text;

namespace Alignment.Models.Tests;

/// <summary>Thousands of damaged configurations: each is read or refused by a typed error, and none costs much.</summary>
public sealed class ConfigFuzzTests
{
    private const int Cases = 24_000;
    private const int MostBytes = 500_000;   // of managed memory for a file of some 1,500

    [Fact]
    public void A_damaged_configuration_is_read_or_refused_at_little_cost()
    {
        var good = GoldenModels.Configs();
        foreach (var text in good) ConfigFile.Parse(text, "config.json");
        var random = new Random(20_260_102);
        int accepted = 0, refused = 0;
        for (var i = 0; i < Cases; i++)
        {
            var text = good[random.Next(good.Count)];
            text = i % 2 == 0 ? Damage.Json(random, text) : Encoding.UTF8.GetString([.. Damage.Bytes(random, Encoding.UTF8.GetBytes(text))]);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                ConfigFile.Parse(text, "config.json").RequireConsistent();
                accepted++;
            }
            catch (Exception e) when (e is ModelFormatException or UnsupportedModelException)
            {
                Assert.StartsWith("config.json: ", e.Message, StringComparison.Ordinal);
                refused++;
            }
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        }
        Assert.InRange(accepted, Cases / 10, Cases);   // else too few went past the first checks
        Assert.InRange(refused, Cases / 10, Cases);
    }

    [Fact]
    public void A_damaged_configuration_that_is_read_is_the_same_after_it_was_saved()
    {
        using var folder = new TemporaryFolder();
        var good = GoldenModels.Configs();
        var random = new Random(3);
        for (var i = 0; i < 400; i++)
        {
            if (Parse(Damage.Json(random, good[random.Next(good.Count)])) is not { } config) continue;
            // Without the text that was read, so that all keys are written anew.
            var written = Plain(config);
            written.Save(folder.File("config.json"));
            Assert.Equal(written, Plain(DecoderConfig.Load(folder.File("config.json"))));
        }
    }

    private static DecoderConfig Plain(DecoderConfig config) => config with
    {
        Source = null,
        Attention = config.Attention with { HeadSize = config.ModelType == "gpt2" ? null : config.HeadSize },
    };

    private static DecoderConfig? Parse(string text)
    {
        try
        {
            return ConfigFile.Parse(text, "config.json");
        }
        catch (Exception e) when (e is ModelFormatException or UnsupportedModelException)
        {
            return null;
        }
    }
}
