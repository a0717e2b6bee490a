// What the test of the JavaScript SDK runs: it prints what it saw as JSON. The first argument is the SDK's entry file.
const sdk = await import(process.argv[2]);

const { CustomerProfilesClient } = sdk;
const domain = { DomainName: "acme" };
const client = new CustomerProfilesClient({
  endpoint: process.env.ENDPOINT,
  region: "eu-central-1",
  credentials: { accessKeyId: "any", secretAccessKey: "any" },
  maxAttempts: 1,
});

const failure = async (command) => {
  try {
    await client.send(command);
    return "no error";
  } catch (error) {
    const classes = Object.keys(sdk).filter((name) => /Exception$/.test(name) && error instanceof sdk[name]);
    return { name: error.name, classes, status: error.$metadata.httpStatusCode, message: error.message };
  }
};

const created = await Promise.all(
  Array.from({ length: 100 }, (_, number) =>
    client.send(new sdk.CreateProfileCommand({ ...domain, AccountNumber: "C-1", FirstName: `Ana ${number}` })),
  ),
);

const found = [];
let NextToken;
do {
  const search = { ...domain, KeyName: "_account", Values: ["C-1"], MaxResults: 30, NextToken };
  const page = await client.send(new sdk.SearchProfilesCommand(search));
  found.push(page.Items.map((item) => item.ProfileId));
  NextToken = page.NextToken;
} while (NextToken);

const [first] = created;
await client.send(new sdk.UpdateProfileCommand({ ...domain, ProfileId: first.ProfileId, FirstName: "", LastName: "Núñez 🙂" }));
const read = await client.send(new sdk.BatchGetProfileCommand({ ...domain, ProfileIds: [first.ProfileId] }));

const seen = {
  ids: created.map((each) => each.ProfileId),
  pages: found,
  updated: read.Profiles[0],
  unknownProfile: await failure(new sdk.DeleteProfileCommand({ ...domain, ProfileId: "0".repeat(32) })),
  wrongEnum: await failure(new sdk.CreateProfileCommand({ ...domain, Gender: "OTHER" })),
};
console.log(JSON.stringify(seen));

// The test asks for the next error once it has read the first line, and has set a fault by then.
process.stdin.once("data", async () => {
  console.log(JSON.stringify(await failure(new sdk.CreateProfileCommand(domain))));
  console.log(JSON.stringify(await failure(new sdk.CreateProfileCommand(domain))));
  client.destroy();
  process.stdin.destroy();
});
