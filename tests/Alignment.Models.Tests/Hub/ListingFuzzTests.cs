using System.Text;

namespace Alignment.Models.Tests;

/// <summary>Thousands of damaged listings: each is read or refused, in both forms.</summary>
public sealed class ListingFuzzTests
{
    private const int Cases = 5_000;

    private const string Answered = """
        {"_id":"1","id":"org/tiny","sha":"0123456789abcdef0123456789abcdef01234567","cardData":{"tags":["a",{"b":null}]},"siblings":[{"rfilename":".gitattributes","size":1519,"blobId":"a6344aac8c09253b3b630fb776ae94478aa0275b"},{"rfilename":"a/config.json","size":0,"blobId":"e69de29bb2d1d6434b8b29ae775ad8c2e48c5391","lfs":null},{"rfilename":"model.safetensors","size":6,"blobId":"ce013625030ba8dba906f756967f9e9ca394464a","lfs":{"sha256":"5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03","size":6,"pointerSize":134}}]}
        """;

    private const string Tree = """
        {"format_version":1,"files":{".gitattributes":{"size":1519,"blob_id":"a6344aac8c09253b3b630fb776ae94478aa0275b"},"a/config.json":{"size":0,"blob_id":"e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"},"model.safetensors":{"size":6,"blob_id":"ce013625030ba8dba906f756967f9e9ca394464a","lfs_sha256":"5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03","lfs_size":6,"xet_hash":"ab"}}}
        """;

    private static readonly string[] Tokens =
    [
        "-1", "0", "9007199254740993", "9223372036854775808", "1e9", "0.5", "null", "true", "\"\"", "{}", "[]", "{", "}", "[", "]", ",", ":", "../", "/", "\\\\", "..",
        "\"sha\"", "\"lfs\"", "\"size\"", "\"siblings\"", "\"files\"", "\"rfilename\"", "\"\\ud800\"", "\\u0000", "\"a\":", "[[[[", " ", "\n", "//", "C:",
    ];

    [Fact]
    public void A_damaged_answer_is_read_or_refused() => Fuzz(Answered, json => HubListingJson.ReadAnswer(json, "fuzz"));

    [Fact]
    public void A_damaged_tree_is_read_or_refused() => Fuzz(Tree, json => HubListingJson.ReadTree(json, FakeHub.Commit, "fuzz"));

    private static void Fuzz(string text, Func<ReadOnlyMemory<byte>, HubListing> read)
    {
        var random = new Random(20_260_101);
        int accepted = 0, refused = 0;
        for (var i = 0; i < Cases; i++)
        {
            try
            {
                var listing = read(Damaged(text, random));
                AssertSound(listing);
                accepted++;
            }
            catch (ModelHubException)
            {
                refused++;
            }
        }
        Assert.InRange(accepted, 100, Cases);      // else nothing past the first check was tried
        Assert.InRange(refused, Cases / 4, Cases);
    }

    private static void AssertSound(HubListing listing)
    {
        Assert.Matches("^[0-9a-f]{40}$", listing.Commit);
        foreach (var file in listing.Files)
        {
            Assert.Matches("^([0-9a-f]{40}|[0-9a-f]{64})$", file.Hash);
            Assert.InRange(file.Size, 0, 1L << 53);
        }
        try
        {
            foreach (var file in listing.Wanted("fuzz", ["*", "*/*", "*/*/*", "*/*/*/*"]))
                Assert.StartsWith("/root/x/", Path.GetFullPath(Path.Combine("/root/x", file.Name)), StringComparison.Ordinal);
        }
        catch (ModelHubException)
        {
            // refused, as it may be
        }
    }

    private static byte[] Damaged(string text, Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(text).ToList();
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at)); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(random.Next(at + 1), Math.Min(random.Next(1, 60), bytes.Count - at) / 2)); break;
                default: bytes.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)])); break;
            }
            if (bytes.Count == 0) bytes.Add((byte)'{');
        }
        return [.. bytes];
    }
}
