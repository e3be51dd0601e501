using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;

namespace Alignment.Tests.House;

/// <summary>The packages as a stranger gets them: packed, restored into a project outside the repository, used.</summary>
public sealed class PackageTests : IClassFixture<PackageTests.Packed>
{
    private readonly Packed _packed;

    public PackageTests(Packed packed) => _packed = packed;

    [Theory]
    [InlineData("Alignment", "TorchSharp")]
    [InlineData("Alignment.Data", "Parquet.Net")]
    [InlineData("Alignment.Models", "TorchSharp")]
    [InlineData("Alignment.Feedback", "OpenAI")]
    public void A_package_says_what_it_is_and_brings_nothing_native(string id, string dependency)
    {
        using var package = ZipFile.OpenRead(Path.Combine(_packed.Folder, $"{id}.0.1.0.nupkg"));
        var names = package.Entries.Select(entry => entry.FullName).ToList();
        Assert.Contains($"lib/net10.0/{id}.dll", names);
        Assert.Contains($"lib/net10.0/{id}.xml", names);
        Assert.Contains("README.md", names);
        Assert.DoesNotContain(names, name => name.StartsWith("runtimes/", StringComparison.Ordinal) || name.EndsWith(".so", StringComparison.Ordinal));
        Assert.Single(names, name => name.EndsWith(".dll", StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(_packed.Folder, $"{id}.0.1.0.snupkg")));

        using var stream = package.GetEntry($"{id}.nuspec")!.Open();
        var metadata = XDocument.Load(stream).Root!.Elements().Single();
        string Text(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;
        Assert.Equal((id, "MIT", "README.md"), (Text("id"), Text("license"), Text("readme")));
        Assert.True(Text("description").Length > 40);
        var dependencies = metadata.Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => element.Attribute("id")!.Value).ToList();
        Assert.Contains(dependency, dependencies);
        Assert.DoesNotContain(dependencies, name => name.StartsWith("TorchSharp-", StringComparison.Ordinal) || name.StartsWith("libtorch", StringComparison.Ordinal));
    }

    [Fact]
    public void A_project_elsewhere_restores_Alignment_and_computes_a_DPO_loss()
    {
        var project = Path.Combine(_packed.Temporary, "user");
        Directory.CreateDirectory(project);
        File.WriteAllText(Path.Combine(project, "user.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Alignment" Version="0.1.0" />
                <PackageReference Include="TorchSharp-cpu" Version="0.107.0" />
              </ItemGroup>
            </Project>
            """);
        // chosen 0.5, rejected -0.25, β 0.5: z = 0.375, loss = ln(1 + e^-0.375) = 0.5231
        File.WriteAllText(Path.Combine(project, "Program.cs"), """
            using Alignment;
            using Alignment.Losses;
            using TorchSharp;
            using static TorchSharp.torch;
            using var loss = new DpoLoss { Beta = 0.5 };
            var output = loss.call(new PairLogProbs(tensor(new[] { -1.0f }), tensor(new[] { -2.0f })), new PairLogProbs(tensor(new[] { -1.5f }), tensor(new[] { -1.75f })));
            Console.WriteLine(FormattableString.Invariant($"loss {output.PerPair.ToDouble():F4}"));
            """);
        var offline = Path.Combine(Repository.Root, "artifacts", "offline-feed");
        var also = Directory.Exists(offline) ? $"""<add key="offline" value="{offline}" />""" : "";
        File.WriteAllText(Path.Combine(project, "nuget.config"),
            $"""<configuration><packageSources><add key="packed" value="{_packed.Folder}" />{also}</packageSources><config><add key="globalPackagesFolder" value="packages" /></config></configuration>""");

        var said = Packed.Run(project, "dotnet", "run", "-c", "Release");
        Assert.Contains("loss 0.5231", said, StringComparison.Ordinal);
    }

    /// <summary>Packs once for all tests of the class.</summary>
    public sealed class Packed : IDisposable
    {
        public Packed()
        {
            Temporary = Directory.CreateTempSubdirectory("alignment-packed").FullName;
            Folder = Path.Combine(Temporary, "packed");
            Run(Repository.Root, "bash", Path.Combine(Repository.Root, "eng", "pack.sh"), Folder);
        }

        public string Temporary { get; }

        public string Folder { get; }

        public static string Run(string folder, string program, params string[] arguments)
        {
            var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
            // Settings of the test run must not reach the build.
            foreach (var name in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) && key != "MSBUILDDISABLENODEREUSE").ToList())
                start.Environment.Remove(name);
            start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{output}\n{error.Result}");
            return output;
        }

        public void Dispose() => Directory.Delete(Temporary, recursive: true);
    }
}
