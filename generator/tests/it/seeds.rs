//! Small documents that mutations start from; together they use most of OpenAPI.

/// The documents, in YAML.
pub const SEEDS: [&str; 4] = [
    r##"
openapi: 3.0.3
info: { title: Pets, version: "1", description: "All *pets*." }
servers: [{ url: "https://{host}/v1", variables: { host: { default: example.com } } }]
security: [{ key: [] }]
paths:
  /pets/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string, format: uuid } }]
    get:
      operationId: getPet
      tags: [pets]
      parameters:
        - { name: tags, in: query, style: pipeDelimited, explode: false, schema: { type: array, items: { type: string } } }
        - { $ref: "#/components/parameters/Trace" }
      responses:
        "200": { description: A pet., content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } } }
        4XX: { $ref: "#/components/responses/Failed" }
    put:
      operationId: putPet
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } } }
      responses: { "204": { description: Done. }, default: { $ref: "#/components/responses/Failed" } }
components:
  parameters: { Trace: { name: X-Trace, in: header, schema: { type: integer, format: int64 } } }
  responses: { Failed: { description: Wrong., content: { application/json: { schema: { $ref: "#/components/schemas/Error" } } } } }
  schemas:
    Pet:
      type: object
      required: [name, kind]
      properties:
        name: { type: string, maxLength: 10 }
        kind: { type: string, enum: [cat, dog] }
        born: { type: string, format: date-time, nullable: true }
        parent: { $ref: "#/components/schemas/Pet" }
    Error: { allOf: [{ type: object, properties: { code: { type: integer } } }, { type: object, required: [message], properties: { message: { type: string } } }] }
  securitySchemes: { key: { type: apiKey, in: header, name: X-Key } }
"##,
    r##"
openapi: 3.1.0
info: { title: Shapes, version: "2" }
paths:
  /shapes:
    post:
      operationId: addShape
      requestBody: { content: { multipart/form-data: { schema: { type: object, properties: { file: { type: string, format: binary }, shape: { $ref: "#/components/schemas/Shape" } } } } } }
      responses:
        "200": { description: One., content: { application/json: { schema: { $ref: "#/components/schemas/Shape" } } } }
        "207": { description: Some., content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Shape" } } } } }
      callbacks: { done: { "{$request.body#/url}": { post: { responses: { "200": { description: Fine. } } } } } }
webhooks: { changed: { post: { requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Circle" } } } }, responses: { "200": { description: Fine. } } } } }
components:
  schemas:
    Shape: { oneOf: [{ $ref: "#/components/schemas/Circle" }, { $ref: "#/components/schemas/Square" }], discriminator: { propertyName: kind, mapping: { round: "#/components/schemas/Circle" } } }
    Circle: { type: object, required: [kind, r], properties: { kind: { const: round }, r: { type: number, exclusiveMinimum: 0 } } }
    Square: { type: [object, "null"], required: [kind], properties: { kind: { const: Square }, side: { type: [integer, "null"] } }, additionalProperties: { type: string } }
    Tuple: { type: array, prefixItems: [{ type: string }, { type: integer }], items: false }
    Map: { type: object, patternProperties: { "^x": { type: boolean } }, additionalProperties: false }
    Either: { anyOf: [{ type: string }, { type: object, properties: { a: { type: string } } }] }
"##,
    r##"
openapi: 3.2.0
info: { title: Streams, version: "3" }
paths:
  /events:
    query:
      operationId: findEvents
      requestBody: { content: { application/x-www-form-urlencoded: { schema: { type: object, properties: { since: { type: string } } } } } }
      responses: { "200": { content: { text/event-stream: { itemSchema: { $ref: "#/components/schemas/Event" } } } } }
    additionalOperations: { COPY: { operationId: copyEvents, responses: { "201": { headers: { Location: { schema: { type: string } } } } } } }
  "/files/{name}.{ext}":
    get:
      parameters: [{ name: name, in: path, required: true, schema: { type: string } }, { name: ext, in: path, required: true, style: label, schema: { type: string } }, { name: deep, in: query, style: deepObject, schema: { type: object, properties: { a: { type: string } } } }]
      responses: { "200": { description: Bytes., content: { application/octet-stream: {} } }, "404": { content: { application/problem+json: { schema: { type: object } } } } }
components: { schemas: { Event: { type: object, required: [id], properties: { id: { type: integer, minimum: 0 }, data: {} } } } }
"##,
    r##"
openapi: 3.0.0
info: { title: Names, version: "4" }
paths:
  /self: { get: { operationId: type, tags: [Self], security: [{ oauth: [read] }, {}], responses: { "200": { description: Fine., content: { application/json: { schema: { $ref: "#/components/schemas/Option" } } } } } } }
  /a/{b}/c: { delete: { deprecated: true, parameters: [{ name: b, in: path, required: true, schema: { type: integer } }, { name: session, in: cookie, schema: { type: string } }], responses: { default: { description: Any. } } } }
components:
  schemas:
    Option: { type: object, properties: { Some: { $ref: "#/components/schemas/Vec" }, "+1": { type: integer }, "-1": { type: integer }, self: { type: boolean } } }
    Vec: { type: array, items: { $ref: "#/components/schemas/Option" } }
    Level: { type: integer, enum: [1, 2, 3] }
  securitySchemes: { oauth: { type: oauth2, flows: { clientCredentials: { tokenUrl: "https://example.com/t", scopes: { read: Read. } } } } }
"##,
];
